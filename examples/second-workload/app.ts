import { environments as repository, type Environment } from '../../lib/config/environments';
import { defineApp } from '../../lib/stack/define-app';
import { ShopStack } from './shop-stack';

/** The environments of the repository, each with a stack of its own. */
export const environments: Readonly<Record<string, Environment>> = Object.fromEntries(
  Object.entries(repository).map(([name, values]) => [name, { ...values, stackName: `Shop-${name}` }]),
);

export const variantNames: readonly string[] = [];

export const createApp = defineApp((app, environment, props) => {
  new ShopStack(app, environment.stackName, { ...props, environment });
}, environments);
