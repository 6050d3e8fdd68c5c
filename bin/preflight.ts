import { main } from '../lib/commands/preflight/command';

// A reader that has seen enough, such as head, closes the pipe: no reason for a stack trace.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') {
    throw error;
  }
});

async function run(): Promise<void> {
  process.exitCode = await main(process.argv.slice(2), process.stdout, process.stderr);
}

void run();
