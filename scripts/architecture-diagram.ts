import { checkManifests } from '../lib/fargate/check-manifests';
import { formatCount } from '../lib/fargate/manifest/autoscaler';
import type { PodPlan } from '../lib/fargate/pod-plan';
import { formatCapacity } from '../lib/fargate/sizing/pod-size';
import type { FargateProfile, FargateSelector } from '../lib/fargate/sizing/profile';

/** A synthesized CloudFormation template. */
export interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: unknown }>>;
}

/** The properties of every resource of one type, in the order of the template. */
type PropertiesOf = <T>(type: string) => readonly T[];

interface Cluster {
  readonly Name: string;
  readonly Version: string;
  readonly ResourcesVpcConfig: {
    readonly EndpointPublicAccess?: boolean;
    readonly PublicAccessCidrs?: readonly string[];
  };
}

interface Profile {
  readonly FargateProfileName: string;
  readonly Selectors: ReadonlyArray<{
    readonly Namespace: string;
    readonly Labels?: ReadonlyArray<{ readonly Key: string; readonly Value: string }>;
  }>;
}

interface Addon {
  readonly AddonName: string;
  readonly ConfigurationValues: string;
}

interface Subnet {
  readonly Tags: ReadonlyArray<{ readonly Key: string; readonly Value: string }>;
}

/** A manifest is text, or text with references to other resources in between. */
interface Manifest {
  readonly Manifest: string | { readonly 'Fn::Join': readonly [string, readonly unknown[]] };
}

interface KubeObject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

/** Draws a template as a Mermaid flow chart: what lies in which network, what runs on which profile, who may do what. */
export function architectureDiagram(template: Template): string {
  const of: PropertiesOf = <T>(type: string) =>
    Object.values(template.Resources)
      .filter((resource) => resource.Type === type)
      .map((resource) => (resource.Properties ?? {}) as T);

  const cluster = of<Cluster>('AWS::EKS::Cluster')[0]!;
  const profiles = of<Profile>('AWS::EKS::FargateProfile').map(readProfile);
  const manifests = of<Manifest>('Custom::AWSCDK-EKS-KubernetesResource').map(readManifest);
  const addons = of<Addon>('AWS::EKS::Addon').map(readAddon);
  const { pods } = checkManifests([...addons, ...manifests.flat()], {
    profiles,
    kubernetesVersion: cluster.Version,
  });
  const handlers = of<{ readonly VpcConfig?: unknown }>('AWS::Lambda::Function').filter(
    (handler) => handler.VpcConfig,
  );
  const logGroups = of<{ readonly LogGroupName: string }>('AWS::Logs::LogGroup').map(({ LogGroupName }) =>
    LogGroupName.replace(/^.*\//, ''),
  );

  return [
    'flowchart TB',
    ...network(of, [
      box(
        'handler',
        `kubectl handler, ${handlers.length} Lambda functions, applies`,
        ...manifests.map(summary),
      ),
      ...group('cluster', `EKS cluster ${cluster.Name}, Kubernetes ${cluster.Version}`, [
        box('api', 'API server', endpoint(cluster)),
        ...profiles.flatMap((profile) =>
          group(
            profile.name,
            `Fargate profile ${profile.name}`,
            pods.filter((pod) => pod.profile === profile.name).map(podBox),
          ),
        ),
      ]),
    ]),
    box('admin', 'IAM role that administers the cluster'),
    box('podRole', `${profiles.length} pod execution roles`, 'one for each profile'),
    box('key', 'KMS key, rotated'),
    box('logs', `${logGroups.length} encrypted log groups`, logGroups.join(', ')),
    arrow('admin', 'access entry', 'api'),
    arrow('handler', 'in this order', 'api'),
    arrow('podRole', 'pull images, write logs', 'cluster'),
    arrow('cluster', 'output of pods, control plane', 'logs'),
    arrow('key', 'Secrets', 'api'),
    arrow('key', 'logs', 'logs'),
  ].join('\n');
}

/** The new VPC around what its private subnets hold; an existing VPC is not in the template. */
function network(of: PropertiesOf, inside: readonly string[]): string[] {
  const [vpc] = of<{ readonly CidrBlock: string }>('AWS::EC2::VPC');
  if (vpc === undefined) {
    return group('private', 'private subnets of an existing VPC', inside);
  }
  const subnets = (kind: string) =>
    of<Subnet>('AWS::EC2::Subnet').filter(({ Tags }) =>
      Tags.some(({ Key, Value }) => Key === 'aws-cdk:subnet-type' && Value === kind),
    ).length;
  const gateways = of('AWS::EC2::NatGateway').length;
  return [
    ...group('vpc', `VPC ${vpc.CidrBlock}`, [
      ...group('private', `${subnets('Private')} private subnets, one in each zone`, inside),
      ...group('public', `${subnets('Public')} public subnets`, [
        box('nat', `${gateways} NAT gateway${gateways === 1 ? '' : 's'}`),
      ]),
    ]),
    arrow('private', 'images, AWS APIs', 'nat'),
  ];
}

function readProfile({ FargateProfileName, Selectors }: Profile): FargateProfile {
  return {
    name: FargateProfileName,
    selectors: Selectors.map(({ Namespace, Labels = [] }): FargateSelector => ({
      namespace: Namespace,
      labels: Object.fromEntries(Labels.map(({ Key, Value }) => [Key, Value])),
    })),
  };
}

function readManifest({ Manifest: manifest }: Manifest): readonly KubeObject[] {
  if (typeof manifest === 'string') {
    return JSON.parse(manifest);
  }
  const [separator, parts] = manifest['Fn::Join'];
  return JSON.parse(parts.map((part) => (typeof part === 'string' ? part : 'reference')).join(separator));
}

/** EKS makes the Deployment of an add-on; its settings say how many pods of which size. */
function readAddon({ AddonName, ConfigurationValues }: Addon): object {
  const { replicaCount, resources } = JSON.parse(ConfigurationValues);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: AddonName, namespace: 'kube-system' },
    spec: {
      replicas: replicaCount,
      template: {
        metadata: { labels: { 'k8s-app': 'kube-dns' } },
        spec: { containers: [{ name: AddonName, resources }] },
      },
    },
  };
}

function endpoint({ ResourcesVpcConfig: { EndpointPublicAccess, PublicAccessCidrs = [] } }: Cluster): string {
  return EndpointPublicAccess
    ? `private endpoint, and public for ${PublicAccessCidrs.join(', ')}`
    : 'private endpoint only';
}

function podBox({ namespace, name, count, size }: PodPlan): string {
  return box(
    `pod-${namespace}-${name}`,
    `${namespace}/${name}`,
    `${count ? formatCount(count) : 'any number'} x ${size ? formatCapacity(size) : 'no size'}`,
  );
}

/** A manifest in one line: its objects, or the one that runs pods and how many more. */
function summary(objects: readonly KubeObject[], index: number): string {
  const names = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  const first = names.find((name) => name.startsWith('Deployment ')) ?? names[0];
  return `${index + 1}. ${names.length <= 2 ? names.join(', ') : `${first} and ${names.length - 1} more`}`;
}

function group(id: string, title: string, inside: readonly string[]): string[] {
  return [`subgraph ${id}["${title}"]`, ...inside.map((line) => `  ${line}`), 'end'];
}

function box(id: string, ...lines: readonly string[]): string {
  return `${id}["${lines.join('<br>')}"]`;
}

function arrow(from: string, text: string, to: string): string {
  return `${from} -->|"${text}"| ${to}`;
}
