/** An app of the demo alone: what else a fork adds to CheckoutStack is not in it. */
import type { Construct } from 'constructs';
import { CheckoutWorkload } from '../../../lib/stack/checkout-workload';
import type { CheckoutStackProps } from '../../../lib/stack/checkout-stack';
import { ClusterStack } from '../../../lib/stack/cluster-stack';
import { defineApp } from '../../../lib/stack/define-app';
import { environments, variantNames } from './environments';

class DemoStack extends ClusterStack {
  constructor(scope: Construct, id: string, props: CheckoutStackProps) {
    super(scope, id, props);
    new CheckoutWorkload(this, 'Checkout', { cluster: this.cluster, settings: props.environment });
  }
}

const createApp = defineApp((app, environment, props) => {
  new DemoStack(app, environment.stackName, { ...props, environment });
}, environments);

/** The app as `planEnvironment` reads it. */
export const demo = { createApp, environments, variantNames };
