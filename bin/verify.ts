import { systemClock } from '../lib/commands/verify/clock';
import { verify } from '../lib/commands/verify/command';
import { loadPlan } from '../lib/commands/verify/load-plan';

async function main(): Promise<void> {
  // The SDK announces the end of Node.js 20 in seven lines. Its version is pinned here, and nobody who runs this
  // command can act on it.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

  process.exitCode = await verify({
    args: process.argv.slice(2),
    env: process.env,
    clock: systemClock,
    stdout: process.stdout,
    stderr: process.stderr,
    loadPlan,
  });
}

main().catch((error: unknown) => {
  console.error(error);
  // Not 1: a defect of this command says nothing about the deployment.
  process.exitCode = 2;
});
