/** What the resources of an environment cost, whatever its pods do. */
import { hoursPerMonth, pricesOf, worldwidePrices, type RegionPrices } from '../../fargate/sizing/prices';
import type { VariantPlan } from '../../stack/plan-environment';
import type { FixedCost } from './report';

/** Resources that are billed by the hour or by the month. */
interface Billed {
  readonly type: string;
  /** What one is. */
  readonly one: string;
  /** What several are, without their number. */
  readonly many: string;
  readonly purpose: string;
  /** USD an hour for one; undefined where its price is not on file. */
  readonly usdPerHour: (prices: RegionPrices | undefined) => number | undefined;
}

const billed: readonly Billed[] = [
  {
    type: 'AWS::EKS::Cluster',
    one: 'control plane',
    many: 'control planes',
    purpose: 'API server and etcd',
    // At the price of standard support: under the upgrade policy of the stack EKS upgrades a cluster that leaves it.
    usdPerHour: () => worldwidePrices.clusterHour,
  },
  {
    type: 'AWS::EC2::NatGateway',
    one: 'NAT gateway with its address',
    many: 'NAT gateways with their addresses',
    purpose: 'how pods reach images and AWS',
    usdPerHour: (prices) => plus(prices?.natGatewayHour, worldwidePrices.publicIpv4Hour),
  },
  {
    type: 'AWS::KMS::Key',
    one: 'KMS key',
    many: 'KMS keys',
    purpose: 'encrypts Secrets and logs',
    usdPerHour: () => worldwidePrices.keyMonth / hoursPerMonth,
  },
  {
    type: 'AWS::SecretsManager::Secret',
    one: 'secret',
    many: 'secrets',
    purpose: 'Secrets Manager',
    usdPerHour: () => worldwidePrices.secretMonth / hoursPerMonth,
  },
  {
    type: 'AWS::EC2::VPCEndpoint',
    one: 'interface endpoint in a zone',
    many: 'interface endpoints, counted by zone',
    purpose: 'AWS APIs without NAT',
    usdPerHour: (prices) => prices?.endpointHour,
  },
  {
    type: 'load balancer',
    one: 'load balancer',
    many: 'load balancers',
    purpose: 'what Ingresses and Services ask for',
    usdPerHour: (prices) => prices?.loadBalancerHour,
  },
];

/** What is billed by use, by the resource that brings it. */
const byUse: Readonly<Record<string, string>> = {
  'AWS::EC2::VPC': 'data transfer',
  'AWS::EC2::NatGateway': 'data through NAT gateways',
  'AWS::EC2::VPCEndpoint': 'data through endpoints',
  'AWS::Logs::LogGroup': 'logs',
  'AWS::KMS::Key': 'KMS requests',
  'AWS::SecretsManager::Secret': 'Secrets Manager requests',
  'AWS::Lambda::Function': 'Lambda at deploys',
  'AWS::DynamoDB::Table': 'DynamoDB',
  'AWS::DynamoDB::GlobalTable': 'DynamoDB',
  'AWS::EFS::FileSystem': 'EFS',
  'AWS::S3::Bucket': 'S3',
  'AWS::SQS::Queue': 'SQS',
  'AWS::SNS::Topic': 'SNS',
  'AWS::CloudWatch::Alarm': 'CloudWatch alarms',
  'AWS::EKS::Capability': 'Argo CD and its Applications',
  'load balancer': 'load and addresses of load balancers',
};

/** Resources that cost nothing by themselves. */
const free =
  /^(?:Custom::|AWS::(?:CDK|CloudFormation|IAM)::|AWS::EKS::(?:AccessEntry|Addon|FargateProfile)$|AWS::EC2::(?:EIP|FlowLog|InternetGateway|Route|SecurityGroup|Subnet|VPC)|AWS::ElasticLoadBalancingV2::|AWS::Events::Rule$|AWS::SNS::(?:Subscription|TopicPolicy)$|AWS::Lambda::(?:LayerVersion|Permission)|AWS::SecretsManager::(?:ResourcePolicy|RotationSchedule|SecretTargetAttachment)$|AWS::SSM::Parameter$)/u;

/** What is billed by the hour, what by use, and what has no price here. */
export function fixedCosts(
  { clusters, resources, endpointZones }: VariantPlan,
  region: string,
): { readonly fixedCosts: readonly FixedCost[]; readonly billedByUse: readonly string[] } {
  const loadBalancers = clusters.reduce((count, plan) => count + countLoadBalancers(plan.objects), 0);
  const counts = new Map(resources)
    .set('AWS::EC2::VPCEndpoint', endpointZones)
    .set('load balancer', loadBalancers + (resources.get('AWS::ElasticLoadBalancingV2::LoadBalancer') ?? 0));
  const prices = pricesOf(region);
  const unknown = [...counts.keys()].filter(
    (type) => !free.test(type) && !Object.hasOwn(byUse, type) && !billed.some((row) => row.type === type),
  );
  return {
    fixedCosts: billed.flatMap(({ type, one, many, purpose, usdPerHour }) => {
      const count = counts.get(type) ?? 0;
      const usd = usdPerHour(prices);
      return count === 0
        ? []
        : [
            {
              item: `${count === 1 ? `1 ${one}` : `${count} ${many}`}: ${purpose}`,
              usdPerHour: usd === undefined ? undefined : count * usd,
            },
          ];
    }),
    billedByUse: [
      ...Object.entries(byUse).flatMap(([type, use]) => ((counts.get(type) ?? 0) > 0 ? [use] : [])),
      ...unknown.map((type) => `${type} (no price on file)`),
    ],
  };
}

function plus(a: number | undefined, b: number): number | undefined {
  return a === undefined ? undefined : a + b;
}

/** Those of the AWS Load Balancer Controller: one for each Service of type LoadBalancer, and for each group of Ingresses. */
function countLoadBalancers(planned: VariantPlan['clusters'][number]['objects']): number {
  const names = planned
    .flatMap(({ objects }) => objects)
    .flatMap(({ kind, metadata: { name, namespace, annotations } = {}, spec }) => {
      const key = `${kind} ${namespace}/${name}`;
      if (kind === 'Ingress') {
        return [annotations?.['alb.ingress.kubernetes.io/group.name'] ?? key];
      }
      const { type } = (spec ?? {}) as { readonly type?: string };
      return kind === 'Service' && type === 'LoadBalancer' ? [key] : [];
    });
  return new Set(names).size;
}
