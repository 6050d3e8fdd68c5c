import type { FargateProfile } from '../../fargate/sizing/profile';
import { UserError } from '../../user-error';
import type { OptionTable, OptionValues } from '../option-table';
import { settingsOptions } from '../settings-options';
import { readProfiles } from './profile-option';

/** How the report is written. */
export type Format = 'table' | 'json' | 'markdown';

const formats: readonly Format[] = ['table', 'json', 'markdown'];
const defaultNamespace = 'default';

/** The name that stands for every environment. */
export const allEnvironments = 'all';

/** The options of preflight, and those of the settings. */
export const preflightOptions = {
  file: {
    type: 'string',
    short: 'f',
    value: 'FILE',
    multiple: true,
    help: 'manifests, YAML or JSON, to check instead of the environment: a file, a folder, or - for standard input. All of them go to one cluster and are checked together',
  },
  recursive: { type: 'boolean', short: 'R', help: 'look into the folders of a folder too' },
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
  acknowledgements: {
    type: 'string',
    value: 'FILE',
    help: 'findings to accept: a list, in YAML or JSON, of rule, object and reason',
  },
  explain: { type: 'string', value: 'RULE', help: 'print why a rule is there, and check nothing' },
  region: {
    type: 'string',
    value: 'REGION',
    help: 'region whose prices apply (default: that of the environment, AWS_REGION, AWS_DEFAULT_REGION, us-west-2)',
  },
  format: {
    type: 'string',
    value: 'FORMAT',
    choices: formats,
    help: `how the report is written (default ${formats[0]})`,
  },
  ...settingsOptions,
  environment: {
    ...settingsOptions.environment,
    help: `${settingsOptions.environment.help}; ${allEnvironments} compares their costs`,
  },
} as const satisfies OptionTable;

/** What the command line asks for. */
export interface Options {
  /** Files and folders, `-` for standard input; none stands for the environment. */
  readonly files: readonly string[];
  readonly recursive: boolean;
  /** Profiles to check files with; undefined stands for those of the environment. */
  readonly profiles: readonly FargateProfile[] | undefined;
  /** Namespace of objects that name none. */
  readonly namespace: string;
  readonly format: Format;
}

/**
 * Reads what the options mean together.
 *
 * @param positionals files, as a wildcard of the shell leaves them after the first -f.
 * @throws UserError for a command line that says nothing to do, one line for each mistake.
 */
export function readOptions(
  values: OptionValues<typeof preflightOptions>,
  positionals: readonly string[],
): Options {
  const { namespace, profile, explain, environment, recursive, format } = values;
  const files = [...values.file, ...positionals];
  const mistakes: string[] = [];
  if (files.length === 0) {
    const aboutFiles = { namespace: namespace !== undefined, profile: profile.length > 0, recursive };
    for (const [name] of Object.entries(aboutFiles).filter(([, given]) => given)) {
      mistakes.push(`--${name} is about objects in files: give --file too`);
    }
  } else {
    if (explain !== undefined) {
      mistakes.push('--explain checks nothing: give it without files');
    }
    if (environment === allEnvironments) {
      mistakes.push(`--environment ${allEnvironments} compares environments: give it without files`);
    }
  }
  if (files.filter((file) => file === '-').length > 1) {
    mistakes.push('--file -: standard input can be read once');
  }
  const profiles = readProfiles(profile);
  mistakes.push(...profiles.mistakes);
  if (mistakes.length > 0) {
    throw new UserError(mistakes);
  }
  return {
    files,
    recursive,
    profiles: profiles.profiles,
    namespace: namespace ?? defaultNamespace,
    format: formats.find((each) => each === format) ?? 'table',
  };
}
