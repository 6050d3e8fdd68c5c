import { environments as repository, type Environment } from '../../lib/config/environments';
import { defineApp } from '../../lib/stack/define-app';
import { StorefrontStack } from './storefront-stack';

const blocks = {
  ingress: 'internal',
  autoscaling: true,
  podSecurityGroups: true,
  externalSecrets: true,
} as const;

/** The environments of the repository, each with the blocks that the storefront uses and a stack of its own. */
export const environments: Readonly<Record<string, Environment>> = Object.fromEntries(
  Object.entries(repository).map(([name, values]) => [
    name,
    { ...values, stackName: `Storefront-${name}`, ...blocks },
  ]),
);

/** It has no variants: checkout is at the step that its environment says. */
export const variantNames: readonly string[] = [];

export const createApp = defineApp((app, environment, props) => {
  new StorefrontStack(app, environment.stackName, { ...props, environment });
}, environments);
