import { blockSettings, type BlockSettings } from './block-settings';
import { hasPrivateAddresses, parseCidr } from './cidr';
import { kubernetesReleases } from './kubernetes-releases';
import { readPrincipals } from './principals';
import { readProxy } from './proxy';
import { readBoolean, splitList, type SettingsOf } from './setting';
import { orList, quote } from '../wording';
import { readZones, regionForm } from './zones';

/** What can be set for the cluster and its network, whatever runs on it. */
export interface PlatformSettings extends BlockSettings {
  /** Name of the stack, and of the cluster. A second deployment in the same account and region needs another. */
  readonly stackName: string;
  /**
   * AWS account to deploy to.
   *
   * @default - the account of the credentials
   */
  readonly account?: string;
  /**
   * AWS region to deploy to.
   *
   * @default - the region of the credentials
   */
  readonly region?: string;
  /** Kubernetes minor version of the cluster, one of lib/config/kubernetes-releases.ts. */
  readonly kubernetesVersion: string;
  /** IPv4 range of the new VPC, /16 to /24. Cannot be changed after the first deploy. */
  readonly vpcCidr: string;
  /** Availability zones of the new VPC: how many, or which, by name or ID. Cannot be changed after the first deploy. */
  readonly availabilityZones: number | readonly string[];
  /**
   * NAT gateways of the new VPC, at most one for each zone. With none, pods reach nothing but the VPC and AWS. Beside
   * `vpcId`, 0 says so of that VPC, and other numbers mean nothing.
   *
   * @default - one in each zone
   */
  readonly natGateways?: number;
  /**
   * An existing VPC to use instead of a new one. Cannot be changed after the first deploy.
   *
   * @default - a new VPC
   */
  readonly vpcId?: string;
  /**
   * HTTP proxy through which the kubectl handler and pods reach what is outside the VPC and AWS.
   *
   * @default - none
   */
  readonly httpsProxy?: string;
  /** Public IPv4 ranges that may reach the API server; none means that it has no public endpoint. */
  readonly apiAccessCidrs: readonly string[];
  /** ARNs of the IAM roles and users that administer the cluster; none means that nobody can use it. */
  readonly clusterAdminArns: readonly string[];
  /** Whether CloudFormation refuses to delete the stack, and EKS the cluster. */
  readonly deletionProtection: boolean;
  /** Days that CloudWatch keeps the logs: control plane, pods, flow logs. */
  readonly logRetentionDays: number;
}

/** Settings that shape a new VPC and mean nothing beside `vpcId`; but `natGateways` 0 does. */
export const newVpcSettings = ['vpcCidr', 'availabilityZones', 'natGateways'] as const;

/** The readers of these settings, in the order of docs/settings.md. */
export const platformSettings: SettingsOf<PlatformSettings> = {
  stackName: {
    description: 'Name of the stack, and of the cluster.',
    read: (text) =>
      /^[A-Za-z][A-Za-z0-9-]{0,99}$/.test(text)
        ? { value: text }
        : {
            problem: `stackName ${quote(text)} is not a name of a stack: start with a letter, and use letters, digits and hyphens, at most 100`,
          },
  },
  account: {
    description: 'AWS account to deploy to.',
    otherwise: 'that of the credentials',
    read: (text) =>
      /^\d{12}$/.test(text)
        ? { value: text }
        : { problem: `account ${quote(text)} is not an account ID: write its 12 digits, as "111122223333"` },
  },
  region: {
    description: 'AWS region to deploy to.',
    otherwise: 'that of the credentials',
    read: (text) =>
      regionForm.test(text)
        ? { value: text }
        : { problem: `region ${quote(text)} is not a region: write one as us-west-2` },
  },
  kubernetesVersion: {
    description: 'Kubernetes minor version of the cluster.',
    read: (text) => {
      const versions = kubernetesReleases.map((release) => release.version);
      if (versions.includes(text)) {
        return { value: text };
      }
      const meant = versions.find((version) => text === `v${version}`);
      return {
        problem: `unknown kubernetesVersion ${quote(text)}: ${meant ? `did you mean ${quote(meant)}?` : `choose ${orList(versions)}; other versions need a kubectl layer in lib/config/kubernetes-releases.ts`}`,
      };
    },
  },
  vpcCidr: {
    description: 'IPv4 range of the new VPC, /16 to /24. Cannot be changed after the first deploy.',
    read: (text) => {
      const cidr = parseCidr(text, '10.0.0.0/16');
      if ('problem' in cidr) {
        return { problem: `vpcCidr ${quote(text)} ${cidr.problem}` };
      }
      return cidr.prefix >= 16 && cidr.prefix <= 24
        ? { value: text }
        : { problem: `vpcCidr ${quote(text)} is a /${cidr.prefix}: choose a range from /16 to /24` };
    },
  },
  availabilityZones: {
    description:
      'Zones of the new VPC: a count, which takes the first by letter, or names or IDs separated by commas. Name them for anything that stands, and where EKS refuses a zone (docs/availability-zones.md). Cannot be changed after the first deploy.',
    read: readZones,
  },
  natGateways: {
    description:
      'NAT gateways of the new VPC, at most one for each zone. With fewer, one outage stops several zones; with 0 there is no way to the internet (docs/private-operation.md), beside `vpcId` too. Each has an Elastic IP address, of which an account has 5 in a region by default.',
    otherwise: 'one for each zone',
    read: (text) =>
      /^[0-6]$/.test(text)
        ? { value: Number(text) }
        : {
            problem: `natGateways ${quote(text)}: choose 1 or more, up to one for each zone (cdk deploy -c natGateways=1), or 0 for a network without a way to the internet`,
          },
  },
  vpcId: {
    description:
      'An existing VPC to use instead of a new one. Needs credentials, to look it up. Cannot be changed after the first deploy.',
    otherwise: 'a new VPC',
    read: (text) =>
      /^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/.test(text)
        ? { value: text }
        : { problem: `vpcId ${quote(text)} is not a VPC ID: write one as vpc-0123456789abcdef0` },
  },
  httpsProxy: {
    description:
      'HTTP proxy for what is outside the VPC and AWS, as `http://proxy.example.com:3128` (docs/proxy.md).',
    otherwise: 'none',
    read: readProxy,
  },
  apiAccessCidrs: {
    description: 'Public IPv4 ranges that may reach the API server, separated by commas.',
    otherwise: 'none: private endpoint only',
    read: (text) => {
      const problem = splitList(text).map(apiAccessProblem).find(Boolean);
      return problem ? { problem } : { value: splitList(text) };
    },
  },
  clusterAdminArns: {
    description: 'ARNs of the IAM roles and users that administer the cluster, separated by commas.',
    otherwise: 'none: nobody can use the cluster',
    read: (text) => readPrincipals('clusterAdminArns', text),
  },
  deletionProtection: {
    description:
      'Whether CloudFormation refuses to delete the stack, and EKS the cluster. For one that stands: a first deploy that fails could not be rolled back.',
    read: (text) => readBoolean('deletionProtection', text),
  },
  logRetentionDays: {
    description: 'Days that CloudWatch keeps control-plane, pod and flow logs.',
    read: (text) =>
      logRetentionChoices.some((days) => String(days) === text)
        ? { value: Number(text) }
        : {
            problem: `logRetentionDays ${quote(text)}: CloudWatch Logs takes ${logRetentionChoices.join(', ')}`,
          },
  },
  ...blockSettings,
};

/** Retention periods of CloudWatch Logs, in days: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const logRetentionChoices: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

function apiAccessProblem(text: string): string | undefined {
  const cidr = parseCidr(text, '52.94.76.1/32');
  const subject = `apiAccessCidrs ${quote(text)}`;
  const own = 'give your own address as a /32 (curl -s https://checkip.amazonaws.com prints it)';
  if ('problem' in cidr) {
    return `${subject} ${cidr.problem}`;
  }
  if (cidr.prefix === 0) {
    return `${subject} opens the API server to the whole internet: ${own}`;
  }
  if (cidr.prefix < 8) {
    return `${subject} is a /${cidr.prefix}: choose ranges of /8 or narrower, or ${own}`;
  }
  if (hasPrivateAddresses(cidr)) {
    return `${subject} holds addresses that are not public, and EKS refuses it: ${own}`;
  }
  return undefined;
}
