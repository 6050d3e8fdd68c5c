import { Aspects, CfnResource, Duration, Stack, Stage } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as eks from 'aws-cdk-lib/aws-eks-v2';
import type { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct, type IConstruct } from 'constructs';
import type { KubernetesRelease } from '../../config/kubernetes-releases';
import { acknowledge, inlinePolicy, networkInterfaces } from '../../synthesis/acknowledge';
import type { EncryptedLogGroup } from '../logs/encrypted-log-group';
import { sendHandlerLogs } from '../logs/handler-logs';
import type { LogGroups } from '../logs/log-groups';
import type { HttpProxy } from '../network/proxy';
import { functionInVpc } from './function-in-vpc';
import { kubectlLayer } from './kubectl-layer';
import { KubectlRole } from './kubectl-role';

/** Below the 15 minutes of the framework function that calls it, so that this function's end is reported. */
const handlerTimeout = Duration.minutes(14);

/**
 * What CloudFormation waits for an answer: longer than the framework function may run. Its own default is an hour, after
 * which it says nothing but that there was no answer.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-cloudformation-customresource.html
 */
const serviceTimeout = Duration.minutes(16);

export interface KubectlHandlerProps {
  /** Name of the cluster that kubectl talks to. */
  readonly clusterName: string;
  /** Kubernetes release of that cluster. */
  readonly release: KubernetesRelease;
  /** The VPC of that cluster. */
  readonly vpc: ec2.IVpc;
  /** Makes the log group of the functions. */
  readonly logGroups: LogGroups;
  /** Host of the registry in Amazon ECR that it gets Helm charts from; undefined where it signs in to none. */
  readonly registry: string | undefined;
  /** What it reaches the internet through; undefined where it needs none. */
  readonly proxy: HttpProxy | undefined;
}

/**
 * The two Lambda functions with which CDK runs kubectl: a handler, and a framework that calls it for CloudFormation. CDK
 * makes them together with the cluster; role, layer, security group and log group are ours.
 *
 * Whoever may invoke or update these functions is an administrator of the cluster.
 */
export class KubectlHandler extends Construct {
  /** The functions send HTTPS to the API server and to AWS, and receive nothing. */
  readonly securityGroup: ec2.SecurityGroup;

  private readonly logGroup: EncryptedLogGroup;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: KubectlHandlerProps,
  ) {
    super(scope, id);

    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: props.vpc,
      description: 'kubectl handler of the EKS cluster',
      allowAllOutbound: false,
    });
    this.securityGroup.addEgressRule(
      ec2.Peer.anyIpv4(),
      ec2.Port.HTTPS,
      'Kubernetes API, EKS, Lambda, and S3 for the answers to CloudFormation',
    );
    if (props.proxy) {
      this.securityGroup.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(props.proxy.port), 'Proxy');
    }
    this.logGroup = props.logGroups.create(this, 'Logs', 'kubectl');
    this.logGroup.deleteAfter(props.vpc, this.securityGroup);
  }

  /** For the cluster that makes the functions. */
  createOptions(): eks.KubectlProviderOptions {
    const { clusterName, release, registry, proxy } = this.props;
    const role = new KubectlRole(this, 'Role', { clusterName, logGroup: this.logGroup, registry });
    return {
      kubectlLayer: kubectlLayer(this, 'Kubectl', release),
      // As it is: CDK would let it read every image of the account.
      role: role.withoutPolicyUpdates(),
      securityGroups: [this.securityGroup],
      environment: proxy && { ...proxy.variables },
    };
  }

  /** Completes the functions that CDK made for a cluster. */
  complete(cluster: eks.Cluster): void {
    // The condition of a permission that the kubectl role does not get.
    this.node.tryRemoveChild('HasEcrPublic');
    sendHandlerLogs(cluster, this.logGroup);

    const provider = cluster.node.findChild('KubectlProvider');
    const handler = provider.node.findChild('Handler').node.defaultChild as CfnFunction;
    handler.timeout = handlerTimeout.toSeconds();
    // CDK makes this role and accepts no other.
    const framework = provider.node.findChild('Provider').node.findChild('framework-onEvent');
    const frameworkRole = framework.node.findChild('ServiceRole').node.defaultChild as CfnRole;
    frameworkRole.managedPolicyArns = undefined;
    frameworkRole.policies = Object.entries(functionInVpc(this, this.logGroup)).map(
      ([policyName, policyDocument]) => ({ policyName, policyDocument }),
    );
    limitAnswers(this);
    acknowledgeFindings(handler, framework);
  }
}

/** Has CloudFormation wait minutes, and not an hour, for each resource that is applied with kubectl or helm. */
function limitAnswers(scope: IConstruct): void {
  // Not only those of this stack: another one may apply to the cluster as well.
  Aspects.of(Stage.of(scope) ?? scope.node.root).add({
    visit: (node) => {
      if (CfnResource.isCfnResource(node) && node.cfnResourceType.startsWith('Custom::AWSCDK-EKS-')) {
        node.addPropertyOverride('ServiceTimeout', String(serviceTimeout.toSeconds()));
      }
    },
  });
}

function acknowledgeFindings(handler: CfnFunction, framework: IConstruct): void {
  const invoked = Stack.of(handler).getLogicalId(handler);
  const ofBoth = [
    {
      id: 'NIST.800.53.R5-LambdaConcurrency',
      reason:
        'Runs only during a deployment. Reserved concurrency would be taken from the account all the time.',
      at: ['Resource'],
    },
    {
      id: 'NIST.800.53.R5-LambdaDLQ',
      reason: 'CloudFormation waits for the answer and fails the deployment: no event is lost unnoticed.',
      at: ['Resource'],
    },
  ];
  acknowledge(handler.node.scope!, [
    ...ofBoth,
    {
      id: 'AwsSolutions-L1',
      reason: 'The runtime is that which aws-cdk-lib tests its handler with; it moves with aws-cdk-lib.',
      at: ['Resource'],
    },
  ]);
  acknowledge(framework, [
    ...ofBoth,
    { ...networkInterfaces, at: ['ServiceRole/Resource'] },
    {
      id: `AwsSolutions-IAM5[Resource::<${invoked}.Arn>:*]`,
      reason: 'The wildcard stands for versions and aliases of the one function that may be invoked.',
      at: ['ServiceRole/DefaultPolicy/Resource'],
    },
    { ...inlinePolicy, at: ['ServiceRole/Resource', 'ServiceRole/DefaultPolicy/Resource'] },
  ]);
}
