import { UserError } from '../user-error';
import { readArguments } from './arguments';
import { exitStatus, type Command, type ExitStatus } from './command';
import { helpText } from './help';
import { Interrupted } from './interruption';
import { refuseOptionsKeptByNpm } from './kept-by-npm';
import type { OptionTable } from './option-table';
import type { Io } from './terminal';

/**
 * Runs a command: reads its command line, prints its help, and words the mistakes of its user.
 *
 * @returns the exit status.
 */
export async function runCommand<T extends OptionTable>(
  command: Command<T>,
  argv: readonly string[],
  io: Io,
): Promise<ExitStatus> {
  try {
    refuseOptionsKeptByNpm(command, io.env);
    const input = readArguments(command, argv);
    if (input === undefined) {
      io.stdout.write(helpText(command));
      return exitStatus.held;
    }
    return await command.run(input, io);
  } catch (error) {
    if (!(error instanceof UserError)) {
      throw error;
    }
    io.stderr.write(`${error.message}\n`);
    return error instanceof Interrupted ? exitStatus.interrupted : exitStatus.unknown;
  }
}

/** Runs a command as the whole of this process. */
export function runProcess<T extends OptionTable>(command: Command<T>): void {
  // A reader that has seen enough, such as head, closes the pipe: no reason for a stack trace.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') {
      throw error;
    }
  });
  void end(command);
}

async function end<T extends OptionTable>(command: Command<T>): Promise<void> {
  try {
    process.exitCode = await runCommand(command, process.argv.slice(2), process);
  } catch (error) {
    console.error(error);
    // Not 1: a defect of the command says nothing about what it judges.
    process.exitCode = exitStatus.unknown;
  }
}
