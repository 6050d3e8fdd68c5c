import { App, Fn, Stack } from 'aws-cdk-lib';
import { PrivateSubnet, Subnet } from 'aws-cdk-lib/aws-ec2';
import {
  CfnOIDCProvider,
  type CfnRole,
  ManagedPolicy,
  PolicyDocument,
  PolicyStatement,
  Role,
  WebIdentityPrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { sourceBoundPrincipal } from '../../../../lib/constructs/source-bound-principal';
import type { Manifest } from '../../../../lib/fargate/manifest/manifest';
import type { EnvironmentPlan, VariantPlan } from '../../../../lib/stack/plan-environment';
import { FargatePlan } from '../../../../lib/synthesis/fargate-plan';
import { testEnvironment } from '../../../support/environments';

export const clusterName = 'shop-cluster';
export const variants = ['small', 'large'] as const;

const container = (cpu: string, memory: string) => ({
  containers: [{ name: 'main', image: 'main:1', resources: { requests: { cpu, memory } } }],
});

const template = (app: string, cpu = '250m', memory = '256Mi') => ({
  metadata: { labels: { app, compute: 'fargate' } },
  spec: container(cpu, memory),
});

function object(apiVersion: string, kind: string, name: string, spec: object, namespace = 'shop'): Manifest {
  return { apiVersion, kind, metadata: { namespace, name }, spec };
}

const selecting = (app: string) => ({ selector: { matchLabels: { app } } });

/** A service with each kind that npm run verify follows, and two that it does not. */
function shopObjects(variant: (typeof variants)[number]): readonly Manifest[] {
  const [replicas, cpu, memory] = variant === 'large' ? [3, '1', '2Gi'] : [2, '250m', '512Mi'];
  const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' };
  return [
    object('apps/v1', 'Deployment', 'web', {
      replicas,
      ...selecting('web'),
      template: template('web', cpu, memory),
    }),
    object('policy/v1', 'PodDisruptionBudget', 'web', { minAvailable: 1, ...selecting('web') }),
    object('apps/v1', 'Deployment', 'api', { ...selecting('api'), template: template('api') }),
    object('autoscaling/v2', 'HorizontalPodAutoscaler', 'api', {
      scaleTargetRef,
      minReplicas: 2,
      maxReplicas: 4,
    }),
    object('apps/v1', 'StatefulSet', 'db', {
      serviceName: 'db',
      ...selecting('db'),
      template: template('db'),
    }),
    object('batch/v1', 'Job', 'migrate', { ttlSecondsAfterFinished: 600, template: template('migrate') }),
    object('batch/v1', 'CronJob', 'report', {
      schedule: '0 3 * * *',
      jobTemplate: { spec: { template: template('report') } },
    }),
    object('external-secrets.io/v1', 'ExternalSecret', 'database', {
      dataFrom: [{ extract: { key: 'database' } }],
    }),
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { namespace: 'aws-observability', name: 'aws-logging' },
    },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace: 'shop', name: 'reporter' } },
    object('apps/v1', 'DaemonSet', 'agent', { ...selecting('agent'), template: template('agent') }),
    object('example.com/v1', 'Rollout', 'beta', { ...selecting('beta'), template: template('beta') }),
  ];
}

const dns = { 'k8s-app': 'kube-dns' };
const coreDns = object(
  'apps/v1',
  'Deployment',
  'coredns',
  {
    replicas: 2,
    selector: { matchLabels: dns },
    template: { metadata: { labels: dns }, spec: container('250m', '256M') },
  },
  'kube-system',
);

/** The stack of the shop: two profiles, each with a role of its own. */
export class ShopStack extends Stack {
  readonly plan = new FargatePlan(clusterName, '1.36');

  constructor(variant: (typeof variants)[number]) {
    super(new App(), 'Shop');
    const logGroup = new LogGroup(this, 'PodLogs');
    const subnets = [
      Subnet.fromSubnetId(this, 'Existing', 'subnet-0a'),
      new PrivateSubnet(this, 'New', {
        availabilityZone: 'us-west-2b',
        cidrBlock: '10.0.1.0/24',
        vpcId: 'vpc-0a',
      }),
    ];
    const addProfile = (name: string, namespace: string, labels: Readonly<Record<string, string>>) => {
      const podExecutionRole = new Role(this, `${name}-role`, {
        assumedBy: sourceBoundPrincipal(this, 'eks-fargate-pods.amazonaws.com', {
          service: 'eks',
          resource: 'fargateprofile',
          resourceName: `${clusterName}/*`,
        }),
        managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AmazonEKSFargatePodExecutionRolePolicy')],
        inlinePolicies: {
          PodLogs: new PolicyDocument({
            statements: [
              new PolicyStatement({
                actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
                resources: [logGroup.logGroupArn],
              }),
            ],
          }),
        },
      });
      this.plan.addProfile({ name, selectors: [{ namespace, labels }] }, { podExecutionRole, subnets });
    };
    addProfile('system', 'kube-system', dns);
    addProfile('shop', 'shop', { compute: 'fargate' });
    this.addReporter();
    this.plan.addObjects(new Construct(this, 'CoreDns'), { appliedBy: 'eks', objects: [coreDns] });
    this.plan.addObjects(new Construct(this, 'Shop'), {
      appliedBy: 'stack',
      pruneLabel: 'aws.cdk.eks/prune-shop',
      objects: shopObjects(variant),
    });
  }

  /** A ServiceAccount with a role whose trust is text, as that of `permissions` of a workload. */
  private addReporter(): void {
    const provider = new CfnOIDCProvider(this, 'Provider').ref;
    const issuer = Fn.select(1, Fn.split(':oidc-provider/', provider));
    const role = new Role(this, 'Reporter', {
      assumedBy: new WebIdentityPrincipal(provider, {
        StringEquals: {
          [`${issuer}:aud`]: 'sts.amazonaws.com',
          [`${issuer}:sub`]: 'system:serviceaccount:shop:reporter',
        },
      }),
    });
    const resource = role.node.defaultChild as CfnRole;
    resource.assumeRolePolicyDocument = this.toJsonString(resource.assumeRolePolicyDocument);
    new Key(this, 'Key').grantDecrypt(role);
    this.plan.addServiceAccount({ namespace: 'shop', name: 'reporter' }, role);
  }
}

const plans = new Map<string, VariantPlan>();

/** What the tests' own environment deploys at a variant. */
export function shopVariant(variant: (typeof variants)[number]): VariantPlan {
  const known = plans.get(variant);
  // What a plan has in addition, this command does not read.
  const own: Partial<VariantPlan> = known ?? {
    variant,
    clusters: [new ShopStack(variant).plan],
    stackNames: ['Shop'],
  };
  const plan = own as VariantPlan;
  plans.set(variant, plan);
  return plan;
}

/** The tests' own environment. */
export const shop: EnvironmentPlan = {
  environment: { name: 'test', values: testEnvironment, overridden: new Set() },
  variants: variants.map(shopVariant),
  vpcIsKnown: true,
};
