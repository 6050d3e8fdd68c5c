import { UserError } from '../../user-error';
import { quote } from '../../wording';
import type { OptionTable, OptionValues } from '../option-table';
import { settingsOptions } from '../settings-options';

export const verifyOptions = {
  ...settingsOptions,
  timeout: {
    type: 'string',
    value: 'TIME',
    help: 'wait this long for the rollout, as 90s, 5m or 1h; 0s looks once (default: 200s)',
  },
  watch: { type: 'boolean', help: 'wait until every check holds, not only for the rollout; Ctrl-C ends it' },
  details: {
    type: 'boolean',
    help: 'print what one would look up by hand: policies and profiles; labels, annotations, events and node of each pod',
  },
  gone: { type: 'boolean', help: 'after cdk destroy: check that nothing is left in AWS' },
  context: { type: 'string', value: 'NAME', help: 'context of the kubeconfig (default: one of the cluster)' },
  json: { type: 'boolean', help: 'print the result as JSON' },
} as const satisfies OptionTable;

export type VerifyValues = OptionValues<typeof verifyOptions>;

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

/**
 * How long to wait, in milliseconds.
 *
 * @throws UserError if the text is not a time.
 */
export function timeoutOf({ timeout = '200s' }: Pick<VerifyValues, 'timeout'>): number {
  const { amount, unit } = /^(?<amount>\d{1,5})(?<unit>[smh])$/u.exec(timeout)?.groups ?? {};
  if (amount === undefined) {
    throw new UserError([
      `--timeout ${quote(timeout)} is not a time: write a whole number with s, m or h, such as 200s`,
    ]);
  }
  return Number(amount) * unitMs[unit as keyof typeof unitMs];
}
