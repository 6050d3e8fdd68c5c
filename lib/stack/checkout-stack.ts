import type { Construct } from 'constructs';
import type { Environment } from '../config/environments';
import { CheckoutWorkload, closedRedis } from './checkout-workload';
import { ClusterStack, type ClusterStackProps } from './cluster-stack';
import { addOutputs } from './stack-outputs';

export interface CheckoutStackProps extends ClusterStackProps {
  /** The settings of the environment. */
  readonly environment: Environment;
}

/** The EKS Workshop's checkout service on Fargate, with a cluster of its own. */
export class CheckoutStack extends ClusterStack {
  constructor(scope: Construct, id: string, props: CheckoutStackProps) {
    super(scope, id, props);

    const workload = new CheckoutWorkload(this, 'Checkout', {
      cluster: this.cluster,
      settings: props.environment,
    });
    this.ingress?.expose('CheckoutService', {
      workload,
      service: 'checkout',
      healthCheckPath: '/health',
      priority: 1,
    });
    this.podSecurityGroups?.close('Redis', { workload, ...closedRedis });

    addOutputs(this, {
      FargateProfileName: workload.profile.fargateProfileName,
      PodExecutionRoleArn: workload.profile.podExecutionRole.roleArn,
      Variant: props.environment.variant,
    });
  }
}
