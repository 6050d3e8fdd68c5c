import { type CfnResource, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as eks from 'aws-cdk-lib/aws-eks-v2';
import type { Construct } from 'constructs';
import type { KubernetesRelease } from '../../config/kubernetes-releases';
import { acknowledge, awsManagedPolicy, inlinePolicy } from '../../synthesis/acknowledge';
import { sendHandlerLogs } from '../logs/handler-logs';
import type { LogGroups } from '../logs/log-groups';
import { kubectlLayer } from './kubectl-layer';
import { KubectlRole } from './kubectl-role';

export interface KubectlHandlerProps {
  /** Name of the cluster that kubectl talks to. */
  readonly clusterName: string;
  /** Kubernetes release of that cluster. */
  readonly release: KubernetesRelease;
  /** The VPC of that cluster. */
  readonly vpc: ec2.IVpc;
  /** Makes the log group of the functions. */
  readonly logGroups: LogGroups;
}

/**
 * The two Lambda functions with which CDK runs kubectl. CDK makes them together with the cluster; role, layer, security
 * group and log group are ours.
 */
export class KubectlHandler {
  /** The functions send HTTPS to the API server and to AWS, and receive nothing. */
  readonly securityGroup: ec2.SecurityGroup;

  private readonly role: KubectlRole;

  constructor(
    private readonly scope: Construct,
    private readonly props: KubectlHandlerProps,
  ) {
    this.role = new KubectlRole(scope, 'KubectlRole', { clusterName: props.clusterName });
    this.securityGroup = new ec2.SecurityGroup(scope, 'KubectlSecurityGroup', {
      vpc: props.vpc,
      description: 'kubectl handler of the EKS cluster',
      allowAllOutbound: false,
    });
    this.securityGroup.addEgressRule(
      ec2.Peer.anyIpv4(),
      ec2.Port.HTTPS,
      'Kubernetes API, EKS, Lambda, and S3 for the answers to CloudFormation',
    );
  }

  /** For the cluster that makes the functions. */
  createOptions(): eks.KubectlProviderOptions {
    return {
      kubectlLayer: kubectlLayer(this.scope, 'Kubectl', this.props.release),
      // As it is: CDK would let it read every image of the account.
      role: this.role.withoutPolicyUpdates(),
      securityGroups: [this.securityGroup],
    };
  }

  /** Completes the functions that CDK made for a cluster. */
  complete(cluster: eks.Cluster): void {
    // The condition of a permission that the kubectl role does not get.
    this.scope.node.tryRemoveChild('HasEcrPublic');
    const logs = this.props.logGroups.create(this.scope, 'KubectlLogs', 'kubectl');
    logs.deleteAfter(this.props.vpc);
    sendHandlerLogs(cluster, logs);
    this.acknowledgeFindings(cluster);
  }

  private acknowledgeFindings(cluster: eks.Cluster): void {
    const inVpc = awsManagedPolicy('service-role/AWSLambdaVPCAccessExecutionRole');
    const reason =
      'The policy of AWS for a function in a VPC. Its actions on network interfaces know no narrower resource.';
    acknowledge(this.scope, [
      { id: inVpc, reason, at: ['KubectlRole/Resource'] },
      { ...inlinePolicy, at: ['KubectlRole/Resource'] },
    ]);
    const handler = 'KubectlProvider/Handler/Resource';
    const framework = 'KubectlProvider/Provider/framework-onEvent';
    const frameworkRole = `${framework}/ServiceRole/Resource`;
    const frameworkPolicy = `${framework}/ServiceRole/DefaultPolicy/Resource`;
    const invoked = cluster.node.findChild('KubectlProvider').node.findChild('Handler').node.defaultChild;
    const invokedId = Stack.of(cluster).getLogicalId(invoked as CfnResource);
    acknowledge(cluster, [
      { id: inVpc, reason, at: [frameworkRole] },
      {
        id: awsManagedPolicy('service-role/AWSLambdaBasicExecutionRole'),
        reason:
          'The role is made inside aws-cdk-lib, which accepts no other. The policy writes logs, no more.',
        at: [frameworkRole],
      },
      {
        id: `AwsSolutions-IAM5[Resource::<${invokedId}.Arn>:*]`,
        reason: 'The wildcard stands for versions and aliases of the one function that may be invoked.',
        at: [frameworkPolicy],
      },
      { ...inlinePolicy, at: [frameworkPolicy] },
      {
        id: 'AwsSolutions-L1',
        reason: 'The runtime is that which aws-cdk-lib tests its handler with; it moves with aws-cdk-lib.',
        at: [handler],
      },
      {
        id: 'NIST.800.53.R5-LambdaConcurrency',
        reason:
          'Runs only during a deployment. Reserved concurrency would be taken from the account all the time.',
        at: [handler, `${framework}/Resource`],
      },
      {
        id: 'NIST.800.53.R5-LambdaDLQ',
        reason: 'CloudFormation waits for the answer and fails the deployment: no event is lost unnoticed.',
        at: [handler, `${framework}/Resource`],
      },
    ]);
  }
}
