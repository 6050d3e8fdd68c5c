import { checkProfiles } from '../../fargate/check-profiles';
import { countsAs } from '../../fargate/finding';
import type { FargateProfile, FargateSelector } from '../../fargate/sizing/profile';
import { UserError } from '../../user-error';
import type { OptionTable, OptionValues } from '../option-table';
import { settingsOptions } from '../settings-options';

/** How the report is written. */
export type Format = 'table' | 'json' | 'markdown';

const formats: readonly Format[] = ['table', 'json', 'markdown'];
/** The region of the EKS Workshop. */
const defaultRegion = 'us-west-2';
const defaultNamespace = 'default';

/** The options of preflight, and those of the settings. */
export const preflightOptions = {
  file: {
    type: 'string',
    short: 'f',
    value: 'FILE',
    multiple: true,
    help: 'Kubernetes manifests, YAML or JSON, to check instead of the environment; - is standard input. All that the files hold goes to one cluster and is checked together',
  },
  profile: {
    type: 'string',
    value: 'NAME:NAMESPACE[:KEY=VALUE,...]',
    multiple: true,
    help: "Fargate profile for the objects in files, instead of those of the environment; * and ? are wildcards. One name several times makes several selectors: --profile 'all:*'",
  },
  namespace: {
    type: 'string',
    value: 'NAME',
    help: `namespace of objects in files that name none (default ${defaultNamespace})`,
  },
  region: { type: 'string', value: 'REGION', help: `region whose prices apply (default ${defaultRegion})` },
  format: {
    type: 'string',
    value: 'FORMAT',
    choices: formats,
    help: `how the report is written (default ${formats[0]})`,
  },
  ...settingsOptions,
} as const satisfies OptionTable;

/** What the command line asks for. */
export interface Options {
  /** Files to read, `-` for standard input; none stands for the environment. */
  readonly files: readonly string[];
  /** Profiles to check files with; undefined stands for those of the environment. */
  readonly profiles: readonly FargateProfile[] | undefined;
  /** Namespace of objects that name none. */
  readonly namespace: string;
  readonly region: string;
  readonly format: Format;
}

/** @throws UserError for a command line that says nothing to do, one line for each mistake. */
export function readOptions(values: OptionValues<typeof preflightOptions>): Options {
  const { file: files } = values;
  const mistakes: string[] = [];
  if (values.namespace !== undefined && files.length === 0) {
    mistakes.push('--namespace is about objects in files: give --file too');
  }
  if (values.profile.length > 0 && files.length === 0) {
    mistakes.push('--profile is about objects in files: give --file too');
  }
  if (files.filter((file) => file === '-').length > 1) {
    mistakes.push('--file -: standard input can be read once');
  }
  const profiles = readProfiles(values.profile, mistakes);
  if (mistakes.length > 0) {
    throw new UserError(mistakes);
  }
  return {
    files,
    profiles,
    namespace: values.namespace ?? defaultNamespace,
    region: values.region ?? defaultRegion,
    format: formats.find((format) => format === values.format) ?? 'table',
  };
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
      .filter((finding) => countsAs('error', finding))
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
