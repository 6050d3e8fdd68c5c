import { blockSettings, type BlockSettings } from './block-settings';
import { hasPrivateAddresses, parseCidr } from './cidr';
import { defaultKubernetesVersion, kubernetesReleases } from './kubernetes-releases';
import { readBoolean, splitList, type SettingsOf } from './setting';
import { orList, quote } from '../wording';

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
  /** Availability zones of the new VPC: how many, or their names. Cannot be changed after the first deploy. */
  readonly availabilityZones: number | readonly string[];
  /**
   * NAT gateways of the new VPC, at most one for each zone.
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
  /** Public IPv4 ranges that may reach the API server; none means that it has no public endpoint. */
  readonly apiAccessCidrs: readonly string[];
  /**
   * IAM role that administers the cluster.
   *
   * @default - a new role that principals of the account may assume
   */
  readonly adminRoleArn?: string;
  /** Whether EKS refuses to delete the cluster. */
  readonly deletionProtection: boolean;
  /** Days that CloudWatch keeps the logs: control plane, pods, flow logs. */
  readonly logRetentionDays: number;
}

/** Settings that shape a new VPC and mean nothing beside `vpcId`. */
export const newVpcSettings = ['vpcCidr', 'availabilityZones', 'natGateways'] as const;

/** The readers of these settings, in the order of the README. */
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
      /^[a-z]{2}(-[a-z]+)+-\d$/.test(text)
        ? { value: text }
        : { problem: `region ${quote(text)} is not a region: write one as us-west-2` },
  },
  kubernetesVersion: {
    description: 'Kubernetes minor version of the cluster.',
    read: (text) => {
      const versions = kubernetesReleases.map((release) => release.version);
      return versions.includes(text)
        ? { value: text }
        : {
            problem: `unknown kubernetesVersion ${quote(text)}: choose ${orList(versions)} (cdk deploy -c kubernetesVersion=${versions.find((version) => text === `v${version}`) ?? defaultKubernetesVersion}); other versions need a kubectl layer in lib/config/kubernetes-releases.ts`,
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
      'Zones of the new VPC: a count (2 where the account sees no more, as in us-west-1), or names separated by commas where EKS refuses one of the first. Cannot be changed after the first deploy.',
    read: (text) => {
      if (/^-?\d+$/.test(text)) {
        return Number(text) >= 2 && Number(text) <= 6
          ? { value: Number(text) }
          : {
              problem: `availabilityZones ${quote(text)}: EKS needs at least 2 zones, and no region has more than 6; choose a count from 2 to 6 (cdk deploy -c availabilityZones=3)`,
            };
      }
      const names = splitList(text);
      if (names.length < 2 || !names.every((name) => /^[a-z]{2}(-[a-z]+)+-\d+[a-z]$/.test(name))) {
        return {
          problem: `availabilityZones ${quote(text)} is neither a count nor at least 2 zone names: write 3, or us-east-1a,us-east-1b,us-east-1c`,
        };
      }
      if (new Set(names).size < names.length) {
        return { problem: `availabilityZones ${quote(text)} names a zone twice: name each zone once` };
      }
      const regions = [...new Set(names.map((name) => name.slice(0, -1)))];
      if (regions.length > 1) {
        return {
          problem: `availabilityZones ${quote(text)} are of ${regions.length} regions (${regions.join(', ')}): a VPC has one, name zones of that`,
        };
      }
      return names.length <= 6
        ? { value: names }
        : {
            problem: `availabilityZones ${quote(text)} names ${names.length} zones, and no region has more than 6: name 2 to 6`,
          };
    },
  },
  natGateways: {
    description:
      'NAT gateways of the new VPC, at most one for each zone. With fewer, one outage stops several zones.',
    otherwise: 'one for each zone',
    read: (text) =>
      /^[1-6]$/.test(text)
        ? { value: Number(text) }
        : {
            problem: `natGateways ${quote(text)}: choose 1 or more, up to one for each zone (cdk deploy -c natGateways=1); pods on Fargate pull their images through them`,
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
  apiAccessCidrs: {
    description: 'Public IPv4 ranges that may reach the API server, separated by commas.',
    otherwise: 'none: private endpoint only',
    read: (text) => {
      const problem = splitList(text).map(apiAccessProblem).find(Boolean);
      return problem ? { problem } : { value: splitList(text) };
    },
  },
  adminRoleArn: {
    description: 'IAM role that administers the cluster.',
    otherwise: 'a new role that principals of the account may assume',
    read: (text) =>
      /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(text)
        ? { value: text }
        : {
            problem: `adminRoleArn ${quote(text)} is not the ARN of an IAM role: write one as arn:aws:iam::111122223333:role/Admin (the role, not an assumed-role session)`,
          },
  },
  deletionProtection: {
    description:
      'Whether EKS refuses to delete the cluster. For one that stands: a first deploy that fails could not be rolled back.',
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
