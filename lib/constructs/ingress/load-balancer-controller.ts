import { Duration, Stack } from 'aws-cdk-lib';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import { AlbControllerVersion, HelmChart } from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Manifest } from '../../fargate/manifest/manifest';
import type { FargateProfile } from '../../fargate/sizing/profile';
import { acknowledge } from '../../synthesis/acknowledge';
import { reportFindings } from '../../synthesis/report-findings';
import { markChecked } from '../../synthesis/unchecked-resources';
import type { FargateOnlyCluster } from '../cluster/fargate-only-cluster';
import { ServiceAccount } from '../workload/service-account';

/** Names of the Helm chart and of all that it makes. */
const name = 'aws-load-balancer-controller';
const namespace = 'kube-system';
const podLabels = { 'app.kubernetes.io/name': name } as const;

const profile: FargateProfile = {
  name: 'load-balancer-controller-profile',
  selectors: [{ namespace, labels: podLabels }],
};

const replicas = 2;
/** With the 256 MiB that Fargate adds, they fill its smallest size. */
const resources = { requests: { cpu: '250m', memory: '256Mi' }, limits: { memory: '256Mi' } };

/** As far as others need it: that there is such a kind. */
const targetGroupBindingDefinition: Manifest = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'targetgroupbindings.elbv2.k8s.aws' },
  spec: {
    group: 'elbv2.k8s.aws',
    scope: 'Namespaced',
    names: { kind: 'TargetGroupBinding', plural: 'targetgroupbindings', singular: 'targetgroupbinding' },
    versions: [
      {
        name: 'v1beta1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
};

export interface LoadBalancerControllerProps {
  /** The cluster to run in. */
  readonly cluster: FargateOnlyCluster;
  /** The VPC of the cluster. A pod on Fargate cannot look it up: there is no instance metadata. */
  readonly vpc: IVpc;
}

/**
 * The AWS Load Balancer Controller, to keep the pods of a Service in a target group. It makes no load balancer: its role may
 * change the targets of the groups that it is given, and nothing else (docs/decisions/load-balancer-in-the-template.md).
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/lbc-helm.html
 */
export class LoadBalancerController extends Construct {
  private readonly account: ServiceAccount;

  constructor(scope: Construct, id: string, { cluster, vpc }: LoadBalancerControllerProps) {
    super(scope, id);

    cluster.addProfile('LoadBalancerControllerProfile', profile);
    this.account = new ServiceAccount(this, 'ServiceAccount', {
      cluster,
      namespace,
      name,
      kubernetesApi: true,
      permissions: (pods) =>
        // What the controller asks about a target group and the addresses in it. None of these actions knows a resource.
        allow(pods, '*', [
          'ec2:DescribeSecurityGroups',
          'ec2:DescribeVpcs',
          'elasticloadbalancing:DescribeTargetGroups',
          'elasticloadbalancing:DescribeTargetHealth',
        ]),
    });
    acknowledge(this.account, [
      {
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason: 'The actions only read, and IAM knows no narrower resource for them.',
        at: ['Role/DefaultPolicy/Resource'],
      },
    ]);
    const chart = new HelmChart(this, 'Chart', {
      cluster: cluster.cluster,
      repository: 'https://aws.github.io/eks-charts',
      chart: name,
      release: name,
      namespace,
      createNamespace: false,
      // The newest that this version of the CDK knows.
      version: AlbControllerVersion.V3_2_2.helmChartVersion,
      // Its webhooks must answer before the first target group is bound.
      wait: true,
      // A release that failed would block the next one.
      atomic: true,
      // Less than the 15 minutes after which the kubectl handler itself ends, and cannot say why.
      timeout: Duration.minutes(10),
      values: {
        clusterName: cluster.plan.clusterName,
        region: Stack.of(this).region,
        vpcId: vpc.vpcId,
        serviceAccount: { create: false, name },
        replicaCount: replicas,
        podDisruptionBudget: { maxUnavailable: 1 },
        resources,
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
    chart.node.addDependency(this.account);
    cluster.podPrerequisites.precede(chart);
    // Helm applies them, so they are only predicted: the pods, and the kind that target groups are bound with.
    cluster.plan.addObjects(this, {
      appliedBy: 'helm',
      objects: [
        targetGroupBindingDefinition,
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name, namespace },
          spec: {
            replicas,
            selector: { matchLabels: podLabels },
            template: {
              metadata: { labels: podLabels },
              spec: {
                serviceAccountName: name,
                containers: [{ name, ports: [{ containerPort: 9443 }, { containerPort: 8080 }], resources }],
              },
            },
          },
        },
      ],
    });
    reportFindings(this, () => cluster.plan.findingsOf(this));
    markChecked(chart);
  }

  /** Lets the controller change the targets of a target group. */
  allowTargets(targetGroupArn: string): void {
    allow(this.account, targetGroupArn, [
      'elasticloadbalancing:DeregisterTargets',
      'elasticloadbalancing:RegisterTargets',
    ]);
  }
}

function allow(pods: iam.IGrantable, resource: string, actions: string[]): void {
  pods.grantPrincipal.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources: [resource] }));
}
