import path from 'node:path';
import { readCdkContext } from '../config/context-files';
import { environments, type Environment } from '../config/environments';
import { readEnvironment, type Context } from '../config/settings';
import type { AppDefinition, EnvironmentPlan } from '../stack/plan-environment';
import type * as PlanEnvironment from '../stack/plan-environment';
import { UserError } from '../user-error';
import { quote } from '../wording';
import { loadApp } from './load-app';
import type { OptionTable, OptionValues } from './option-table';

/** The options of every command that is about an environment, in the words of the CDK CLI. */
export const settingsOptions = {
  environment: {
    type: 'string',
    short: 'e',
    value: 'NAME',
    help: `environment of lib/config/environments.ts (${Object.keys(environments).join(', ')})`,
  },
  setting: {
    type: 'string',
    short: 'c',
    value: 'NAME=VALUE',
    multiple: true,
    help: 'override one setting of the environment, as -c does in cdk',
  },
  app: {
    type: 'string',
    value: 'FILE',
    help: 'plan another app than that of lib/stack/create-app.ts, for example examples/storefront/app.ts',
  },
} as const satisfies OptionTable;

/**
 * The context that the CDK CLI would hand to the app, given the same options.
 *
 * @param folder where cdk.json is.
 * @throws UserError if an option is not NAME=VALUE, or a file is not JSON.
 */
export function contextOf(
  { environment, setting }: Pick<OptionValues<typeof settingsOptions>, 'environment' | 'setting'>,
  folder: string = path.join(__dirname, '..', '..'),
): Context {
  const given = setting.map((text): readonly [string, string] => {
    const equals = text.indexOf('=');
    if (equals < 1) {
      throw new UserError([`-c ${quote(text)} is not NAME=VALUE: write it as -c natGateways=1`]);
    }
    return [text.slice(0, equals), text.slice(equals + 1)];
  });
  return {
    ...readCdkContext(folder),
    ...(environment !== undefined && { environment }),
    ...Object.fromEntries(given),
  };
}

/**
 * The environment that is chosen, with its overrides.
 *
 * @throws UserError if the settings are wrong.
 */
export function environmentOf(values: OptionValues<typeof settingsOptions>): Environment {
  return readEnvironment(contextOf(values), appOf(values)?.environments).values;
}

/** Names of the environments to choose from. */
export function environmentNames(values: OptionValues<typeof settingsOptions>): readonly string[] {
  return Object.keys(appOf(values)?.environments ?? environments);
}

/**
 * Plans what an environment deploys.
 *
 * @throws UserError if the settings are wrong.
 */
export function planOf(values: OptionValues<typeof settingsOptions>): EnvironmentPlan {
  // The CDK needs most of a second to load, and neither help nor a wrong command line needs it. Not import(): TypeScript
  // requires the ending .js there, under which Jest finds no file.
  const { planEnvironment } = require('../stack/plan-environment') as typeof PlanEnvironment;
  return planEnvironment(contextOf(values), appOf(values));
}

function appOf({ app }: OptionValues<typeof settingsOptions>): AppDefinition | undefined {
  return app === undefined ? undefined : loadApp(app);
}
