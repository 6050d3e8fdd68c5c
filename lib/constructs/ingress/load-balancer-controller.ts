import { Stack, Tags } from 'aws-cdk-lib';
import { AlbControllerVersion } from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, type IConstruct } from 'constructs';
import { copyOfImage } from '../../config/registry';
import type { FargateProfile } from '../../fargate/sizing/profile';
import { acknowledge, asCdkNagPrints } from '../../synthesis/acknowledge';
import type { FargateOnlyCluster } from '../cluster/fargate-only-cluster';
import { predictedDeployment, smallestSize } from '../cluster/predicted-deployment';
import type { Network } from '../network/network';
import { customKind } from '../workload/custom-kind';
import { HelmRelease } from '../workload/helm-release';
import { ServiceAccount } from '../workload/service-account';

/** Names of the Helm chart and of all that it makes. */
const name = 'aws-load-balancer-controller';
const namespace = 'kube-system';
const podLabels = { 'app.kubernetes.io/name': name } as const;

const profile: FargateProfile = {
  name: 'load-balancer-controller-profile',
  selectors: [{ namespace, labels: podLabels }],
};

/** The newest that this version of the CDK knows. */
const release = AlbControllerVersion.V3_2_2;
const publishedImage = 'public.ecr.aws/eks/aws-load-balancer-controller';

const replicas = 2;

/** Tag of the target groups that the controller may change. Its value is the name of the cluster. */
const clusterTag = 'eks-fargate.io/cluster';

const targetGroupBindingDefinition = customKind({
  group: 'elbv2.k8s.aws',
  version: 'v1beta1',
  kind: 'TargetGroupBinding',
  plural: 'targetgroupbindings',
});

export interface LoadBalancerControllerProps {
  /** The cluster to run in. */
  readonly cluster: FargateOnlyCluster;
  /** The network of the cluster. */
  readonly network: Network;
}

/**
 * The AWS Load Balancer Controller, to keep the pods of a Service in a target group. It makes no load balancer: its role may
 * change the targets of the groups of its cluster, and nothing else (docs/decisions/load-balancer-in-the-template.md).
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/lbc-helm.html
 */
export class LoadBalancerController extends Construct {
  private readonly clusterName: string;

  constructor(scope: Construct, id: string, { cluster, network }: LoadBalancerControllerProps) {
    super(scope, id);

    this.clusterName = cluster.plan.clusterName;
    cluster.addProfile('LoadBalancerControllerProfile', profile);
    const account = this.createAccount(cluster);
    const { registry } = cluster;
    const image = copyOfImage(publishedImage, registry);
    const chart = new HelmRelease(this, 'Chart', {
      cluster,
      chart: {
        repository: 'https://aws.github.io/eks-charts',
        name,
        version: release.helmChartVersion,
      },
      namespace,
      values: {
        clusterName: this.clusterName,
        region: Stack.of(this).region,
        // A pod on Fargate cannot look it up: there is no instance metadata.
        vpcId: network.vpc.vpcId,
        serviceAccount: { create: false, name },
        replicaCount: replicas,
        podDisruptionBudget: { maxUnavailable: 1 },
        resources: smallestSize,
        ...(registry && { image: { repository: image } }),
        // It would answer for every new Service of the cluster, and refuse them all while it is down.
        enableServiceMutatorWebhook: false,
        // Nothing here asks it for a load balancer.
        createIngressClassResource: false,
        ingressClassParams: { create: false },
        enableBackendSecurityGroup: false,
        enableShield: false,
        enableWaf: false,
        enableWafv2: false,
      },
    });
    chart.node.addDependency(account);
    network.endpoints?.addFor('ingress');
    // Helm applies them, so they are only predicted: the pods, and the kind that target groups are bound with.
    cluster.plan.addObjects(this, {
      appliedBy: 'helm',
      objects: [
        targetGroupBindingDefinition,
        predictedDeployment({
          name,
          namespace,
          replicas,
          podLabels,
          serviceAccountName: name,
          container: {
            name,
            image: `${image}:${release.version}`,
            resources: smallestSize,
            ports: [9443, 8080],
          },
        }),
      ],
    });
  }

  /** Lets the controller change the targets of a target group. */
  allowTargets(targetGroup: IConstruct): void {
    Tags.of(targetGroup).add(clusterTag, this.clusterName);
  }

  /**
   * Its permissions name no target group: CloudFormation changes them before it deletes a binding, and the controller still
   * has to take the pods out of a group that is exposed no longer.
   *
   * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEKSLoadBalancingPolicy.html with such a tag
   */
  private createAccount(cluster: FargateOnlyCluster): ServiceAccount {
    const targetGroups = Stack.of(this).formatArn({
      service: 'elasticloadbalancing',
      resource: 'targetgroup',
      resourceName: '*',
    });
    const account = new ServiceAccount(this, 'ServiceAccount', {
      cluster,
      namespace,
      name,
      kubernetesApi: true,
      permissions: ({ grantPrincipal }) => {
        grantPrincipal.addToPrincipalPolicy(
          // What the controller asks about a target group and the addresses in it. None of these actions knows a resource.
          new iam.PolicyStatement({
            actions: [
              'ec2:DescribeSecurityGroups',
              'ec2:DescribeVpcs',
              'elasticloadbalancing:DescribeTargetGroups',
              'elasticloadbalancing:DescribeTargetHealth',
            ],
            resources: ['*'],
          }),
        );
        grantPrincipal.addToPrincipalPolicy(
          new iam.PolicyStatement({
            actions: ['elasticloadbalancing:DeregisterTargets', 'elasticloadbalancing:RegisterTargets'],
            resources: [targetGroups],
            conditions: { StringEquals: { [`aws:ResourceTag/${clusterTag}`]: this.clusterName } },
          }),
        );
      },
    });
    const at = ['Role/DefaultPolicy/Resource'];
    acknowledge(account, [
      {
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason: 'The actions only read, and IAM knows no narrower resource for them.',
        at,
      },
      {
        id: `AwsSolutions-IAM5[Resource::${asCdkNagPrints(targetGroups)}]`,
        reason: 'A condition narrows it to the target groups that have the tag of the cluster.',
        at,
      },
    ]);
    return account;
  }
}
