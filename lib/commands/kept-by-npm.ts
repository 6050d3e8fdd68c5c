import { UserError } from '../user-error';
import type { Command } from './command';
import type { OptionTable } from './option-table';
import type { Variables } from './program';

/**
 * Refuses options that stand before `--`: npm takes them for its own, and runs the command without them. It leaves its options in
 * the environment, `-c` as `--call`.
 *
 * @see https://docs.npmjs.com/cli/v11/using-npm/scripts#environment
 * @throws UserError if there is one.
 */
export function refuseOptionsKeptByNpm<T extends OptionTable>(
  { name: command, options }: Command<T>,
  env: Variables,
): void {
  const kept = Object.entries(options).flatMap(([name, { short }]) =>
    env[`npm_config_${name.replaceAll('-', '_')}`]
      ? [`--${name}`]
      : short === 'c' && env['npm_config_call']
        ? ['-c']
        : [],
  );
  if (kept.length > 0 && env['npm_lifecycle_event'] === command) {
    throw new UserError([
      `npm has kept ${kept.join(', ')} for itself: write -- before the options (npm run ${command} -- ${kept[0]} …)`,
    ]);
  }
}
