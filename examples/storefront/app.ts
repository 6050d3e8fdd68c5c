import {
  defaultEnvironment,
  environments as repository,
  type Environment,
} from '../../lib/config/environments';
import { copyOfImage } from '../../lib/config/registry';
import { defineApp } from '../../lib/stack/define-app';
import { StorefrontStack } from './storefront-stack';

const blocks = {
  ingress: 'internal',
  autoscaling: true,
  podSecurityGroups: true,
  externalSecrets: true,
} as const;

/** Without a way to the internet: copies of the images are in your own account, which you write here or in the environment. */
function withoutInternet(environment: Environment): Environment {
  const { account = '111122223333', region = 'us-west-2' } = environment;
  const registry = `${account}.dkr.ecr.${region}.amazonaws.com`;
  return {
    ...environment,
    natGateways: 0,
    registry,
    checkoutImage: copyOfImage(environment.checkoutImage, registry),
    redisImage: copyOfImage(environment.redisImage, registry),
  };
}

/** The environments of the repository, each with the blocks that the storefront uses and a stack of its own; and one more. */
export const environments: Readonly<Record<string, Environment>> = Object.fromEntries(
  Object.entries<Environment>({
    ...repository,
    private: withoutInternet(repository[defaultEnvironment]),
  }).map(([name, values]) => [name, { ...values, stackName: `Storefront-${name}`, ...blocks }]),
);

/** It has no variants: checkout is at the step that its environment says. */
export const variantNames: readonly string[] = [];

export const createApp = defineApp((app, environment, props) => {
  new StorefrontStack(app, environment.stackName, { ...props, environment });
}, environments);
