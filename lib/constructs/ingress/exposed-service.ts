import { Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as cdk8s from 'cdk8s';
import { Construct } from 'constructs';
import { TargetGroupBindingChart } from '../../../charts/target-group-binding-chart';
import type { IngressScheme } from '../../config/block-settings';
import type { FargateOnlyCluster } from '../cluster/fargate-only-cluster';
import { CheckedManifest } from '../workload/checked-manifest';
import type { FargateWorkload } from '../workload/fargate-workload';
import type { LoadBalancerController } from './load-balancer-controller';
import { servicePorts } from './service-ports';

/** What the load balancer sends, and where to. */
export interface Exposure {
  /** The workload. One of its charts has the Service. */
  readonly workload: FargateWorkload;
  /** Name of the Service. */
  readonly service: string;
  /** Path that answers with status 200 while a pod can take requests. */
  readonly healthCheckPath: string;
  /** Place among the exposures, from 1: the first that matches gets the request. Keep it once it is deployed. */
  readonly priority: number;
  /**
   * Paths that go to the Service, such as `/cart/*`.
   *
   * @default - all
   */
  readonly paths?: readonly string[];
}

export interface ExposedServiceProps extends Exposure {
  /** The cluster of the workload. */
  readonly cluster: FargateOnlyCluster;
  /** The VPC of the cluster. */
  readonly vpc: ec2.IVpc;
  /** Who can reach the load balancer. */
  readonly scheme: IngressScheme;
  /** Keeps the targets. */
  readonly controller: LoadBalancerController;
  /** Receives the requests. */
  readonly listener: elb.ApplicationListener;
}

/** A Service behind the load balancer: target group, listener rule, security group rule, and the binding of its pods. */
export class ExposedService extends Construct {
  constructor(scope: Construct, id: string, props: ExposedServiceProps) {
    super(scope, id);

    const { cluster, controller, listener, workload, service } = props;
    const { namespace } = workload;
    const ports = servicePorts(cluster.plan.objectsIn(namespace), namespace, service);
    const targets = new elb.ApplicationTargetGroup(this, 'Targets', {
      vpc: props.vpc,
      targetType: elb.TargetType.IP,
      protocol: elb.ApplicationProtocol.HTTP,
      // Has no effect: the controller registers each pod with its port. A change would replace the target group.
      port: 80,
      // A new pod gets requests 20 s after it is ready, instead of after the 150 s of the defaults.
      healthCheck: {
        path: props.healthCheckPath,
        interval: Duration.seconds(10),
        healthyThresholdCount: 2,
      },
      // A pod that goes away finishes its requests first; the default of 300 s would only slow down a rollout.
      deregistrationDelay: Duration.seconds(30),
    });
    const rule = new elb.ApplicationListenerRule(this, 'Rule', {
      listener,
      priority: props.priority,
      conditions: [elb.ListenerCondition.pathPatterns([...(props.paths ?? ['/*'])])],
      action: elb.ListenerAction.forward([targets]),
    });
    cluster.cluster.clusterSecurityGroup.connections.allowFrom(
      listener,
      ec2.Port.tcp(ports.pods),
      `Load balancer to ${namespace}/${service}`,
    );
    controller.allowTargets(targets);
    const binding = new CheckedManifest(this, 'Binding', {
      cluster,
      chart: new TargetGroupBindingChart(new cdk8s.App(), 'target-group-binding', {
        // The target group of a binding cannot be changed: that of another scheme has a binding of its own.
        name: `${service}-${props.scheme}`,
        namespace,
        service,
        servicePort: ports.service,
        targetGroupArn: targets.targetGroupArn,
      }),
    });
    // Deleted before all of them: the controller takes the pods out of the target group while it can.
    binding.node.addDependency(rule, workload, controller);
  }
}
