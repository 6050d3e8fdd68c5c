/** The command line of preflight. */
import { parseArgs } from 'node:util';
import { closestName } from '../../config/closest-name';
import { checkProfiles } from '../../fargate/check-profiles';
import type { FargateProfile, FargateSelector } from '../../fargate/sizing/profile';
import { orList } from '../../config/or-list';
import { UserError } from '../../user-error';

/** What the output is written as. */
export type Format = 'table' | 'json' | 'markdown';

export interface Options {
  readonly help: boolean;
  /** Files to read, `-` for standard input; none stands for the variants of this repository. */
  readonly files: readonly string[];
  /** Profiles instead of the configured ones, to check files with; undefined keeps those. */
  readonly profiles: readonly FargateProfile[] | undefined;
  /** Namespace of objects that name none. */
  readonly namespace: string;
  readonly region: string;
  readonly format: Format;
}

const formats: readonly Format[] = ['table', 'json', 'markdown'];
/** What gives settings to the CDK CLI, and may be tried here. */
const cdkOptions: ReadonlySet<string> = new Set(['-c', '--context']);
/** The region of the EKS Workshop. */
const defaultRegion = 'us-west-2';
const defaultNamespace = 'default';

const optionTable = {
  file: { type: 'string', short: 'f', multiple: true },
  profile: { type: 'string', multiple: true },
  namespace: { type: 'string' },
  region: { type: 'string' },
  format: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

export const helpText = `Says of every pod which Fargate profile it lands on, what size Fargate gives it and what that costs,
and what Fargate would refuse. Without --file: of the three variants of this repository.

  npm run --silent preflight -- [options]

  -f, --file FILE       Kubernetes manifests, YAML or JSON (several documents); - is standard input. Repeatable:
                        all that the files hold goes to one cluster, and is checked together
      --profile NAME:NAMESPACE[:KEY=VALUE,...]
                        Fargate profile for the objects in files, instead of the configured ones; * and ? are
                        wildcards. Repeatable, and one name several times makes several selectors of it:
                        --profile 'all:*'
      --namespace NAME  namespace of objects in files that name none (default ${defaultNamespace})
      --region REGION   region whose prices apply (default ${defaultRegion})
      --format FORMAT   ${formats.join(', ')} (default ${formats[0]}); usdPerHour in JSON is the price of one pod
                        there, "findings" beside the runs are those of profiles and Kubernetes version, and
                        "unreadable" lists file, line and message of what could not be read
  -h, --help            this text

  helm template my-chart | npm run --silent preflight -- -f - --profile 'all:*'

Settings are read from the context in cdk.json, and otherwise are those of lib/config/settings.ts.
Exit status: 0 without errors, 1 with (warnings count as none), 2 for bad usage, wrong settings or unreadable input.
Rules: docs/rules.md`;

/** @throws UserError for a command line that says nothing to do, one line for each mistake. */
export function readArguments(argv: readonly string[]): Options {
  const { values } = parse(argv);
  const files = values.file ?? [];
  const mistakes: string[] = [];
  if (values.namespace !== undefined && files.length === 0) {
    mistakes.push('--namespace is about objects in files: give --file too');
  }
  if (values.profile !== undefined && files.length === 0) {
    mistakes.push(
      '--profile is about objects in files: give --file too. The profiles of this repository are those of lib/config/settings.ts',
    );
  }
  if (files.filter((file) => file === '-').length > 1) {
    mistakes.push('--file -: standard input can be read once');
  }
  for (const name of ['file', 'namespace', 'region'] as const) {
    if ([values[name]].flat().includes('')) {
      mistakes.push(`--${name} is empty`);
    }
  }
  const format = formats.find((known) => known === (values.format ?? formats[0]));
  if (format === undefined) {
    mistakes.push(`unknown format "${values.format}": choose ${orList(formats)}`);
  }
  const profiles = readProfiles(values.profile ?? [], mistakes);
  if (mistakes.length > 0 && values.help !== true) {
    throw new UserError(mistakes);
  }
  return {
    help: values.help ?? false,
    files,
    profiles,
    namespace: values.namespace ?? defaultNamespace,
    region: values.region ?? defaultRegion,
    format: format ?? 'table',
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: optionTable, allowPositionals: false });
  } catch (error) {
    throw new UserError([explain(error as Error & { code?: string }, argv)]);
  }
}

/** Node's own messages run over several sentences about `--`; ours name the argument and the likely one. */
function explain(error: Error & { readonly code?: string }, argv: readonly string[]): string {
  const received = /'([^' ]*)[^']*'/u.exec(error.message)?.[1] ?? argv.join(' ');
  switch (error.code) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION': {
      if (cdkOptions.has(received)) {
        return `unknown option ${received}: settings are read from the context in cdk.json, so write them there`;
      }
      const closest = closestName(received.replace(/^-+/u, ''), Object.keys(optionTable));
      return `unknown option ${received}: ${closest === undefined ? 'see --help' : `did you mean --${closest}?`}`;
    }
    case 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL':
      return `unexpected argument "${received}": manifests are given with --file ${received}`;
    default:
      return `${error.message.split('\n')[0]} (see --help)`;
  }
}

function readProfiles(texts: readonly string[], mistakes: string[]): readonly FargateProfile[] | undefined {
  const profiles = new Map<string, FargateSelector[]>();
  for (const text of texts) {
    const profile = readProfile(text);
    if (typeof profile === 'string') {
      mistakes.push(profile);
    } else {
      profiles.set(profile.name, [...(profiles.get(profile.name) ?? []), profile.selector]);
    }
  }
  if (profiles.size === 0) {
    return undefined;
  }
  const read = [...profiles].map(([name, selectors]) => ({ name, selectors }));
  mistakes.push(
    ...checkProfiles(read)
      .filter(({ severity }) => severity === 'error')
      .map(({ message }) => `--profile: ${message}`),
  );
  return read;
}

/** A profile with one selector, or what is wrong with its text. */
function readProfile(text: string): { readonly name: string; readonly selector: FargateSelector } | string {
  const [name = '', namespace = '', labels, ...more] = text.split(':');
  if (name === '' || namespace === '' || more.length > 0) {
    return `--profile "${text}" is not NAME:NAMESPACE[:KEY=VALUE,...], such as checkout-profile:checkout:fargate=yes`;
  }
  const pairs = labels === undefined ? [] : labels.split(',').map((pair) => pair.split('='));
  const wrong = pairs.find((pair) => pair.length !== 2 || pair[0] === '');
  if (wrong !== undefined) {
    return `--profile "${text}": label "${wrong.join('=')}" is not KEY=VALUE, such as fargate=yes`;
  }
  return {
    name,
    selector: {
      namespace,
      ...(labels === undefined ? {} : { labels: Object.fromEntries(pairs) as Record<string, string> }),
    },
  };
}
