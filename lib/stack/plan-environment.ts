import { type App, CfnResource, Stack } from 'aws-cdk-lib';
import { CfnVPCEndpoint, VpcEndpointType } from 'aws-cdk-lib/aws-ec2';
import { vpcLookups } from '../config/context-files';
import { environments, variantNames, type Environment } from '../config/environments';
import { readEnvironment, type ChosenEnvironment, type Context } from '../config/settings';
import type { FargatePlan } from '../synthesis/fargate-plan';
import { clusterPlans } from './cluster-plans';
import { createApp } from './create-app';
import type { CreateApp } from './define-app';

/** What an environment deploys at one value of `variant`. */
export interface VariantPlan {
  /** The value; undefined where nothing has variants. */
  readonly variant: string | undefined;
  /** The plan of every cluster. */
  readonly clusters: readonly FargatePlan[];
  /** Names of the stacks, in the order in which the app defines them. */
  readonly stackNames: readonly string[];
  /** How many resources of each CloudFormation type the stacks have. */
  readonly resources: ReadonlyMap<string, number>;
  /** Zones that the interface endpoints of the stacks have an address in, added up: each is billed. */
  readonly endpointZones: number;
}

/** All that an environment deploys, at every value of `variant`. */
export interface EnvironmentPlan {
  /** The environment, with its name. */
  readonly environment: ChosenEnvironment;
  /** In the order of the lab; one where nothing has variants. */
  readonly variants: readonly VariantPlan[];
  /**
   * Whether the VPC is a new one, or one that was looked up. If not, its subnets are placeholders, and so are the suffixes
   * of the Fargate profiles, which depend on them.
   */
  readonly vpcIsKnown: boolean;
}

/** What is planned of an app. */
export interface AppDefinition {
  readonly createApp: CreateApp;
  /** The environments to choose from. */
  readonly environments: Readonly<Record<string, Environment>>;
  /** The values of `variant` that are planned side by side; none where nothing has variants. */
  readonly variantNames: readonly string[];
}

/** Where an existing VPC is looked up: anywhere, because the size and the price of no pod depend on it. */
const anyPlace = { account: '111122223333', region: 'us-west-2' } as const;

/**
 * Builds the app in each variant, without synthesizing it. The commands that predict and verify read from here, so that
 * they cannot drift from what is deployed.
 *
 * @param context feature flags of cdk.json, look-ups of cdk.context.json, and what was given with `-c`.
 * @param definition the app; by default that of lib/stack/create-app.ts.
 * @throws UserError if the settings are wrong.
 */
export function planEnvironment(
  context: Context,
  definition: AppDefinition = { createApp, environments, variantNames },
): EnvironmentPlan {
  // Read before each variant replaces it: a wrong variant is refused too.
  const environment = readEnvironment(context, definition.environments);
  const variants = definition.variantNames.length === 0 ? [undefined] : definition.variantNames;
  const { vpcId } = environment.values;
  return {
    environment,
    variants: variants.map((variant) => planVariant(definition, context, variant)),
    vpcIsKnown: vpcId === undefined || vpcLookups(context, vpcId).length > 0,
  };
}

function planVariant(definition: AppDefinition, context: Context, variant: string | undefined): VariantPlan {
  const { app } = definition.createApp(
    {
      context: {
        ...context,
        ...(variant !== undefined && { variant }),
        // Nothing is synthesized: without this, each stack would copy its assets, 57 MB, into a folder of its own.
        'aws:cdk:disable-asset-staging': true,
      },
      analyticsReporting: false,
    },
    anyPlace,
  );
  return {
    variant,
    clusters: clusterPlans(app),
    stackNames: app.node
      .findAll()
      .filter((construct) => Stack.isStack(construct))
      .map(({ stackName }) => stackName),
    resources: countResources(app),
    endpointZones: countEndpointZones(app),
  };
}

function countResources(app: App): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const construct of app.node.findAll()) {
    if (CfnResource.isCfnResource(construct)) {
      counts.set(construct.cfnResourceType, (counts.get(construct.cfnResourceType) ?? 0) + 1);
    }
  }
  return counts;
}

function countEndpointZones(app: App): number {
  return app.node
    .findAll()
    .filter((construct) => construct instanceof CfnVPCEndpoint)
    .filter(({ vpcEndpointType }) => vpcEndpointType === VpcEndpointType.INTERFACE)
    .reduce((zones, { subnetIds = [] }) => zones + subnetIds.length, 0);
}
