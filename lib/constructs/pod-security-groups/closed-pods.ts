import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as cdk8s from 'cdk8s';
import { Construct } from 'constructs';
import { SecurityGroupPolicyChart } from '../../../charts/security-group-policy-chart';
import type { FargateOnlyCluster } from '../cluster/fargate-only-cluster';
import { CheckedManifest } from '../workload/checked-manifest';
import type { FargateWorkload } from '../workload/fargate-workload';

type Labels = Readonly<Record<string, string>>;

/** Which pods are closed, and to whom they stay open. */
export interface Closing {
  /** The workload of the pods. */
  readonly workload: FargateWorkload;
  /** Name of the two policies in the namespace: `NAME` and `NAME-clients`. */
  readonly name: string;
  /** Labels of the pods that are closed. */
  readonly pods: Labels;
  /** The only port that stays open. */
  readonly port: number;
  /** The pods of the same workload that may use it: their labels or, of pods that are closed as well, what `close` returned. */
  readonly from: Labels | ClosedPods;
}

export interface ClosedPodsProps extends Closing {
  /** The cluster of the workload. */
  readonly cluster: FargateOnlyCluster;
  /** The VPC of the cluster. */
  readonly vpc: ec2.IVpc;
}

/** Pods in a security group of their own, which admits the group of their clients on one port. */
export class ClosedPods extends Construct {
  /** Labels of the pods. */
  readonly pods: Labels;

  constructor(scope: Construct, id: string, props: ClosedPodsProps) {
    super(scope, id);

    const { cluster, vpc, workload, name } = props;
    this.pods = props.pods;
    // Of its own, so that the rules that it gets here can be waited for.
    const clusterGroup = ec2.SecurityGroup.fromSecurityGroupId(
      this,
      'Cluster',
      cluster.cluster.clusterSecurityGroupId,
    );
    const clients = new ec2.SecurityGroup(this, 'Clients', {
      vpc,
      description: `Clients of the pods ${workload.namespace}/${name}`,
      allowAllOutbound: false,
    });
    const closed = new ec2.SecurityGroup(this, 'Closed', {
      vpc,
      description: `Pods ${workload.namespace}/${name}`,
      allowAllOutbound: false,
    });
    closed.connections.allowFrom(clients, ec2.Port.tcp(props.port), 'Clients');
    // Without all of these the pod stays Pending, and no message says why. It is its own node: the kubelet uses them.
    closed.connections.allowFrom(clusterGroup, ec2.Port.tcp(10_250), 'Control plane to the kubelet');
    closed.connections.allowTo(clusterGroup, ec2.Port.HTTPS, 'Kubernetes API');
    closed.connections.allowTo(clusterGroup, ec2.Port.tcp(53), 'CoreDNS');
    closed.connections.allowTo(clusterGroup, ec2.Port.udp(53), 'CoreDNS');
    closed.connections.allowToAnyIpv4(ec2.Port.HTTPS, 'Images and logs');
    if (cluster.proxy) {
      closed.connections.allowToAnyIpv4(ec2.Port.tcp(cluster.proxy.port), 'Proxy');
    }

    const policies = [
      this.addPolicy('ClosedPolicy', props, name, props.pods, [closed.securityGroupId]),
      // Clients keep the group of the cluster, and with it all that they could reach before. Those that left it stay out.
      this.addPolicy('ClientsPolicy', props, `${name}-clients`, clientLabels(props), [
        ...(props.from instanceof ClosedPods ? [] : [clusterGroup.securityGroupId]),
        clients.securityGroupId,
      ]),
    ];
    for (const policy of policies) {
      policy.node.addDependency(closed, clients, clusterGroup);
      workload.startAfter(policy);
    }
  }

  private addPolicy(
    id: string,
    { cluster, workload }: ClosedPodsProps,
    name: string,
    podLabels: Labels,
    groupIds: readonly string[],
  ): CheckedManifest {
    return new CheckedManifest(this, id, {
      cluster,
      chart: new SecurityGroupPolicyChart(new cdk8s.App(), 'security-group-policy', {
        namespace: workload.namespace,
        name,
        podLabels,
        groupIds,
      }),
    });
  }
}

/** The labels of the clients. */
export function clientLabels({ from }: Closing): Labels {
  return from instanceof ClosedPods ? from.pods : from;
}
