import { Annotations, App, type AppProps, type StackProps } from 'aws-cdk-lib';
import { cachedVpcLookup, type Place } from '../config/context-files';
import { environments, type Environment } from '../config/environments';
import { readEnvironment, type ChosenEnvironment, type Context } from '../config/settings';
import { FargateOnlyCluster } from '../constructs/cluster/fargate-only-cluster';
import { UserError } from '../user-error';

/** An app with the environment that its context chose. */
export interface CreatedApp {
  readonly app: App;
  readonly environment: ChosenEnvironment;
}

/**
 * Makes an app: every stack of an environment.
 *
 * @param props of the CDK app. What its context overrides and which environment it chooses, lib/config/settings.ts reads.
 * @param placeOfLookups where an existing VPC is looked up without credentials; by default that is an error.
 * @throws UserError if the settings are wrong.
 */
export type CreateApp = (props?: AppProps, placeOfLookups?: Place) => CreatedApp;

/**
 * Defines an app by its stacks.
 *
 * @param addStacks adds the stacks of an environment; every stack gets the given account and region.
 * @param choices the environments to choose from.
 */
export function defineApp(
  addStacks: (app: App, environment: Environment, props: Pick<StackProps, 'env'>) => void,
  choices: Readonly<Record<string, Environment>> = environments,
): CreateApp {
  return (props = {}, placeOfLookups) => {
    const app = new App(props);
    const context = app.node.getAllContext() as Context;
    const environment = readEnvironment(context, choices);
    addStacks(app, environment.values, { env: place(environment.values, context, placeOfLookups) });
    if (environment.overridden.has('kubernetesVersion')) {
      warnOfVersion(app, environment.values.kubernetesVersion);
    }
    return { app, environment };
  };
}

/** Warns of a Kubernetes version that the environment does not have: the next deploy would ask for another one again. */
function warnOfVersion(app: App, version: string): void {
  for (const cluster of app.node.findAll().filter((construct) => construct instanceof FargateOnlyCluster)) {
    Annotations.of(cluster).addWarningV2(
      'eks-fargate:version-of-one-run',
      `kubernetesVersion ${version} is given for this run only, and the next deploy without it asks EKS to go back. Before you deploy it, write it into lib/config/environments.ts.`,
    );
  }
}

/** The stack deploys anywhere, unless the environment says where; an existing VPC is looked up in one account and region. */
function place(
  { account, region, vpcId }: Environment,
  context: Context,
  placeOfLookups: Place | undefined,
): Partial<Place> | undefined {
  if (vpcId === undefined) {
    return account === undefined && region === undefined ? undefined : { account, region };
  }
  const lookup = {
    account: account ?? process.env['CDK_DEFAULT_ACCOUNT'],
    region: region ?? process.env['CDK_DEFAULT_REGION'],
  };
  if (lookup.account && lookup.region) {
    return lookup;
  }
  const cached = cachedVpcLookup(context, vpcId) ?? placeOfLookups;
  if (cached) {
    return cached;
  }
  throw new UserError([
    `vpcId "${vpcId}" cannot be looked up without AWS credentials and a region: set AWS_PROFILE and AWS_REGION, or leave vpcId out for a new VPC`,
  ]);
}
