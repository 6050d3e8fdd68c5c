import { parseArgs } from 'node:util';
import { closestName } from '../../wording';
import { UserError } from '../../user-error';

export interface VerifyOptions {
  /** Variant to check against; `null`: the one that was deployed. */
  readonly variant: string | null;
  /** How long to wait, in milliseconds. */
  readonly timeoutMs: number;
  /** Wait for every check, not only for the rollout. */
  readonly watch: boolean;
  readonly json: boolean;
  /** Context of the kubeconfig; `null`: its current one. */
  readonly context: string | null;
}

/** What `--help` prints. */
export const helpText = `Compares the deployed stack with what this repository predicts. Changes nothing. Of the workloads it follows
Deployments; anything else that runs pods is reported as not looked at (?), which makes the exit status 2.

npm run verify -- [options]

  --variant V     labelled, resized or scaled (default: the one that was deployed)
  --timeout T     wait this long for the rollout, as 90s, 5m or 1h; 0s looks once (default: 200s)
  --watch         wait for every check to hold, not only for the rollout; Ctrl-C ends it
  --json          print the result as JSON
  --context NAME  context of the kubeconfig (default: its current one)
  -h, --help      print this

AWS credentials, region and endpoints are those of every AWS tool: AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL.
Settings of the stack are read from the context in cdk.json.

Exit status: 0 every check holds; 1 one does not; 2 could not look, or not at everything, and the
output says why.
`;

const optionTable = {
  variant: { type: 'string', value: 'labelled, resized or scaled' },
  timeout: { type: 'string', value: 'a time such as 200s' },
  watch: { type: 'boolean' },
  json: { type: 'boolean' },
  context: { type: 'string', value: 'the name of a context of the kubeconfig' },
  help: { type: 'boolean', short: 'h' },
} as const;

type OptionName = keyof typeof optionTable;

/**
 * Reads the command line.
 *
 * @returns `help` if that is what was asked for
 * @throws UserError with one line for each mistake
 */
export function parseOptions(args: readonly string[]): VerifyOptions | 'help' {
  // Not strict: the messages of parseArgs name neither what was meant nor what is allowed.
  const { tokens } = parseArgs({
    args: [...args],
    options: optionTable,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const mistakes: string[] = [];
  const values = new Map<OptionName, string>();
  let unknownAt: number | null = null;
  for (const token of tokens) {
    if (token.kind === 'positional') {
      // What follows an unknown option is most likely its value: not a mistake of its own.
      if (token.index - 1 !== unknownAt) {
        mistakes.push(`unexpected argument "${token.value}": npm run verify takes options only (--help)`);
      }
    } else if (token.kind === 'option') {
      const mistake = mistakeIn(token.name, token.rawName, token.value);
      if (mistake === null) {
        values.set(token.name as OptionName, token.value ?? 'true');
      } else {
        mistakes.push(mistake);
        unknownAt = token.index;
      }
    }
  }
  const timeoutMs = parseDuration(values.get('timeout') ?? '200s');
  if (timeoutMs === null) {
    mistakes.push(
      `--timeout "${values.get('timeout')}" is not a time: write a whole number with s, m or h, such as 200s`,
    );
  }
  if (timeoutMs === null || mistakes.length > 0) {
    throw new UserError(mistakes);
  }
  if (values.has('help')) {
    return 'help';
  }
  return {
    variant: values.get('variant') ?? null,
    timeoutMs,
    watch: values.has('watch'),
    json: values.has('json'),
    context: values.get('context') ?? null,
  };
}

function mistakeIn(name: string, rawName: string, value: string | undefined): string | null {
  if (!Object.hasOwn(optionTable, name)) {
    const names = Object.keys(optionTable);
    const meant = closestName(name, names);
    const advice = meant === undefined ? `there are --${names.join(', --')}` : `did you mean --${meant}?`;
    return `unknown option ${rawName}: ${advice}`;
  }
  const option = optionTable[name as OptionName];
  if (option.type === 'boolean') {
    return value === undefined ? null : `${rawName} takes no value, received "${value}"`;
  }
  return value === undefined || value === '' || value.startsWith('--')
    ? `${rawName} needs a value: ${option.value}`
    : null;
}

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** `200s` -> 200000; `null` if it is not a whole number with a unit. */
function parseDuration(text: string): number | null {
  const { amount, unit } = /^(?<amount>\d{1,5})(?<unit>[smh])$/.exec(text)?.groups ?? {};
  return amount === undefined ? null : Number(amount) * unitMs[unit as keyof typeof unitMs];
}
