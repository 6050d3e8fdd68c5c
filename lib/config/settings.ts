import { UserError } from '../user-error';
import { closestName, orList, quote } from '../wording';
import { blockContradictions } from './block-settings';
import { checkoutSettings } from './checkout-settings';
import { defaultEnvironment, environments, type Environment } from './environments';
import { newVpcSettings, platformSettings } from './platform-settings';
import { privateContradictions } from './private-network';
import type { SettingsOf } from './setting';
import { regionOfZone } from './zones';

/** The CDK context, or what a command was given with `-c`. */
export type Context = Readonly<Record<string, unknown>>;

/** Every setting, in the order of docs/settings.md. */
export const settings: SettingsOf<Environment> = { ...platformSettings, ...checkoutSettings };

/** The name of the key that chooses the environment. */
const environmentKey = 'environment';

/** An environment under its name, with the overrides of one run. */
export interface ChosenEnvironment {
  /** Its name in lib/config/environments.ts. */
  readonly name: string;
  /** Its values, as the run overrides them. */
  readonly values: Environment;
  /** The settings that the run gives another value than the environment. */
  readonly overridden: ReadonlySet<string>;
}

/**
 * Reads the environment that a context chooses, with the settings that it overrides.
 *
 * @param context everything that was given with `-c`, and the feature flags of cdk.json.
 * @param choices the environments to choose from.
 * @throws UserError naming every unknown key and every bad value at once.
 */
export function readEnvironment(
  context: Context,
  choices: Readonly<Record<string, Environment>> = environments,
): ChosenEnvironment {
  const name = String(context[environmentKey] ?? defaultEnvironment);
  if (!Object.hasOwn(choices, name)) {
    throw new UserError([unknownEnvironment(name, Object.keys(choices))]);
  }
  const given: Context = { ...choices[name] };
  const mistakes: string[] = [];
  const values: Record<string, unknown> = {};

  for (const [setting, { read, otherwise }] of Object.entries(settings)) {
    const received = context[setting] ?? given[setting];
    if (received !== undefined) {
      const reading = read(asText(received));
      // A run cannot leave out what its environment has: `-c ingress=` does. Of a list, nothing is a value: the empty list.
      const isOff = otherwise !== undefined && isEmpty(context[setting]);
      if ('value' in reading) {
        values[setting] = reading.value;
      } else if (!isOff) {
        mistakes.push(
          context[setting] === undefined ? `environment ${name}: ${reading.problem}` : reading.problem,
        );
      }
    }
  }
  mistakes.push(
    ...Object.keys(context)
      .filter((key) => key !== environmentKey && !isCdkKey(key) && !Object.hasOwn(settings, key))
      .map(unknownKey),
  );
  if (mistakes.length > 0) {
    throw new UserError(mistakes);
  }
  // Every field was read by the setting of its name.
  const environment = values as unknown as Environment;
  const contradictory = [...contradictions(environment, context), ...blockContradictions(environment)];
  if (contradictory.length > 0) {
    throw new UserError(contradictory);
  }
  const overridden = Object.keys(settings).filter(
    (setting) => context[setting] !== undefined && asText(context[setting]) !== asText(given[setting] ?? ''),
  );
  return { name, values: environment, overridden: new Set(overridden) };
}

/** What `cdk acknowledge` and `cdk cli-telemetry` keep in the context. */
const cliKeys = new Set(['acknowledged-issue-numbers', 'cli-telemetry']);

/** Feature flags, CLI internals and cached look-ups share the context with the settings; most carry a colon or a slash. */
function isCdkKey(key: string): boolean {
  return /[:/]/.test(key) || cliKeys.has(key);
}

function unknownEnvironment(name: string, names: readonly string[]): string {
  return `unknown environment ${quote(name)}: choose ${orList(names)} (cdk deploy -c environment=${closestName(name, names) ?? names[0]}); environments are in lib/config/environments.ts`;
}

function unknownKey(key: string): string {
  const names = [environmentKey, ...Object.keys(settings)];
  const meant = closestName(key, names);
  return `unknown context key ${quote(key)}: ${meant ? `did you mean ${quote(meant)}?` : `the settings are ${names.join(', ')}`}`;
}

function contradictions(environment: Environment, context: Context): readonly string[] {
  const { vpcId, natGateways } = environment;
  return [
    ...(vpcId === undefined ? newVpcContradictions(environment) : besideVpcId(vpcId, natGateways, context)),
    ...(natGateways === 0 ? privateContradictions(environment) : []),
  ];
}

/** Of an environment these settings are ignored beside `vpcId`: it may have copied them from another one. */
function besideVpcId(vpcId: string, natGateways: number | undefined, context: Context): readonly string[] {
  return newVpcSettings
    .filter(
      (name) =>
        context[name] !== undefined &&
        !isEmpty(context[name]) &&
        !(name === 'natGateways' && natGateways === 0),
    )
    .map(
      (name) =>
        `${name} ${quote(asText(context[name]))} shapes a new VPC, but vpcId ${quote(vpcId)} names an existing one: remove one of the two`,
    );
}

function newVpcContradictions({ region, availabilityZones, natGateways }: Environment): readonly string[] {
  const zones = zoneCount(availabilityZones);
  const regionOfZones =
    typeof availabilityZones === 'number' ? undefined : regionOfZone(availabilityZones[0]!);
  return [
    ...(natGateways !== undefined && natGateways > zones
      ? [
          `natGateways "${natGateways}": there are ${zones} zones, choose 0 to ${zones} (cdk deploy -c natGateways=${zones})`,
        ]
      : []),
    ...(region !== undefined && regionOfZones !== undefined && region !== regionOfZones
      ? [
          `availabilityZones ${quote(asText(availabilityZones))} are of ${regionOfZones}, but region is ${quote(region)}: name zones of that`,
        ]
      : []),
  ];
}

/** Whether a run gives a setting, and gives it nothing. */
function isEmpty(received: unknown): boolean {
  return received !== undefined && asText(received) === '';
}

/** How many availability zones a setting asks for. */
export function zoneCount(availabilityZones: Environment['availabilityZones']): number {
  return typeof availabilityZones === 'number' ? availabilityZones : availabilityZones.length;
}

/** The command line gives text, environments any value: both are read as the text one would type. */
function asText(received: unknown): string {
  if (Array.isArray(received)) {
    return received.join(',');
  }
  return typeof received === 'object' ? JSON.stringify(received) : String(received).trim();
}
