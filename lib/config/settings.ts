import { checkoutVariantNames, type CheckoutVariantName } from '../../charts/checkout/variants';
import { hasPrivateAddresses, parseCidr } from './cidr';
import { closestName } from './closest-name';
import type { FargateProfile } from '../fargate/sizing/profile';
import { defaultKubernetesVersion, kubernetesReleases } from './kubernetes-releases';
import { orList } from './or-list';
import { UserError } from '../user-error';

/**
 * The configuration: what a fork edits is in this file.
 *
 * Every setting can be overridden with `-c name=value` on the command line, or in the `context` of cdk.json.
 */
export interface Config {
  /** Step of the lab that the checkout Deployment is at. */
  readonly variant: CheckoutVariantName;
  /** Kubernetes minor version of the cluster. */
  readonly kubernetesVersion: string;
  /** IPv4 range of the new VPC. */
  readonly vpcCidr: string;
  /** Availability zones of the new VPC: how many, or their names. */
  readonly availabilityZones: number | readonly string[];
  /** NAT gateways of the new VPC; undefined is one in each zone. */
  readonly natGateways: number | undefined;
  /** An existing VPC to use instead of a new one. */
  readonly vpcId: string | undefined;
  /** Public IPv4 ranges that may reach the API server; none means that it has no public endpoint. */
  readonly apiAccessCidrs: readonly string[];
  /** IAM role that administers the cluster; undefined makes one. */
  readonly adminRoleArn: string | undefined;
  /** Whether EKS refuses to delete the cluster. */
  readonly deletionProtection: boolean;
  /** Days that CloudWatch keeps the logs. */
  readonly logRetentionDays: number;
  /** Image of the checkout service. */
  readonly checkoutImage: string;
  /** Image of the redis that checkout keeps its carts in. */
  readonly redisImage: string;
  /** URL of the orders service, which is not part of this stack. */
  readonly ordersEndpoint: string;
}

/** Name of the stack, and of the cluster: a second deployment in the same account and region needs another. */
export const stackName = 'CheckoutStack';

/**
 * The Fargate profiles, each of which CheckoutStack adds to the cluster. A profile is immutable:
 * to change its selectors, give it a new name too (docs/changing-a-profile.md).
 */
export const fargateProfiles = {
  /** For CoreDNS, and no wider. */
  system: {
    name: 'system-profile',
    selectors: [{ namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }],
  },
  checkout: {
    name: 'checkout-profile',
    selectors: [{ namespace: 'checkout', labels: { fargate: 'yes' } }],
  },
} as const satisfies Readonly<Record<string, FargateProfile>>;

/** A value read from text, or the whole error message. */
type Reading<T> = { readonly value: T } | { readonly problem: string };

/** One setting. */
interface Setting<T> {
  /** What it is, in one sentence of the README. */
  readonly description: string;
  /** What holds when it is not given, as one would type it. */
  readonly default: string;
  /** Reads it from text. The default goes through it too. */
  readonly read: (text: string) => Reading<T>;
}

/** One setting that can be left open. */
interface OptionalSetting<T> extends Omit<Setting<T>, 'default'> {
  /** What happens when it is not given, in words. */
  readonly otherwise: string;
}

/** Every setting, in the order of the README. */
export const settings: {
  readonly [K in keyof Config]: undefined extends Config[K]
    ? OptionalSetting<NonNullable<Config[K]>>
    : Setting<Config[K]>;
} = {
  variant: {
    description: 'Step of the lab: `labelled`, `resized` or `scaled`.',
    default: 'labelled',
    read: (text) =>
      isOneOf(checkoutVariantNames, text)
        ? { value: text }
        : {
            problem: `unknown variant ${quote(text)}: choose ${orList(checkoutVariantNames)} (cdk deploy -c variant=${closestName(text, checkoutVariantNames) ?? 'resized'})`,
          },
  },
  kubernetesVersion: {
    description: 'Kubernetes minor version of the cluster.',
    default: defaultKubernetesVersion,
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
    description: 'IPv4 range of the new VPC, /16 to /24. Settled by the first deploy.',
    default: '10.0.0.0/16',
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
      'Zones of the new VPC: a count (2 where the account sees no more, as in us-west-1), or names separated by commas where EKS refuses one of the first. Settled by the first deploy.',
    default: '3',
    read: (text) => {
      if (/^-?\d+$/.test(text)) {
        return Number(text) >= 2 && Number(text) <= 6
          ? { value: Number(text) }
          : {
              problem: `availabilityZones ${quote(text)}: EKS needs at least 2 zones, and no region has more than 6; choose a count from 2 to 6 (cdk deploy -c availabilityZones=3)`,
            };
      }
      const names = list(text);
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
      'NAT gateways of the new VPC, at most one for each zone. Fewer cost less and share their fate.',
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
      'An existing VPC to use instead of a new one. Needs credentials, to look it up. Settled by the first deploy.',
    otherwise: 'a new VPC',
    read: (text) =>
      /^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/.test(text)
        ? { value: text }
        : { problem: `vpcId ${quote(text)} is not a VPC ID: write one as vpc-0123456789abcdef0` },
  },
  apiAccessCidrs: {
    description: 'Public IPv4 ranges that may reach the API server, separated by commas.',
    default: '',
    read: (text) => {
      const problem = list(text).map(apiAccessProblem).find(Boolean);
      return problem ? { problem } : { value: list(text) };
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
    default: 'false',
    read: (text) =>
      text === 'true' || text === 'false'
        ? { value: text === 'true' }
        : { problem: `deletionProtection ${quote(text)}: choose true or false` },
  },
  logRetentionDays: {
    description: 'Days that CloudWatch keeps control-plane, pod and flow logs.',
    default: '90',
    read: (text) =>
      logRetentionChoices.some((days) => String(days) === text)
        ? { value: Number(text) }
        : {
            problem: `logRetentionDays ${quote(text)}: CloudWatch Logs takes ${logRetentionChoices.join(', ')}`,
          },
  },
  checkoutImage: {
    description: 'Image of the checkout service.',
    default: 'public.ecr.aws/aws-containers/retail-store-sample-checkout:1.2.1',
    read: (text) => image('checkoutImage', text),
  },
  redisImage: {
    description: 'Image of redis.',
    default: 'public.ecr.aws/docker/library/redis:6.0-alpine',
    read: (text) => image('redisImage', text),
  },
  ordersEndpoint: {
    description: 'URL of the orders service, which is not part of this stack.',
    default: 'http://orders.orders.svc:80',
    read: (text) =>
      /^https?:\/\/[^\s/]+\S*$/.test(text)
        ? { value: text }
        : {
            problem: `ordersEndpoint ${quote(text)} is not an http(s) URL: write one as http://orders.orders.svc:80`,
          },
  },
};

/** Retention periods of CloudWatch Logs, in days: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const logRetentionChoices: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Settings that shape a new VPC and mean nothing beside `vpcId`. */
const newVpcSettings = ['vpcCidr', 'availabilityZones', 'natGateways'] as const;

/**
 * Reads the configuration out of the CDK context.
 *
 * @param context everything that was given with `-c` or stands in cdk.json.
 * @throws UserError naming every unknown key and every bad value at once.
 */
export function parseConfig(context: Readonly<Record<string, unknown>>): Config {
  const mistakes: string[] = [];
  const config: Record<string, unknown> = {};

  for (const [name, setting] of Object.entries(settings)) {
    const received = context[name] ?? ('default' in setting ? setting.default : undefined);
    if (received === undefined) {
      continue;
    }
    const reading = setting.read(asText(received));
    if ('value' in reading) {
      config[name] = reading.value;
    } else {
      mistakes.push(reading.problem);
    }
  }
  for (const key of Object.keys(context).filter(
    (name) => !isCdkKey(name) && !Object.hasOwn(settings, name),
  )) {
    mistakes.push(unknownKey(key));
  }
  if (mistakes.length === 0) {
    mistakes.push(...contradictions(config as unknown as Config, context));
  }
  if (mistakes.length > 0) {
    throw new UserError(mistakes);
  }
  return config as unknown as Config;
}

/** What `cdk acknowledge` and `cdk cli-telemetry` keep in the context. */
const cliKeys = new Set(['acknowledged-issue-numbers', 'cli-telemetry']);

/** Feature flags, CLI internals and cached look-ups share the context with the settings; most carry a colon or a slash. */
function isCdkKey(key: string): boolean {
  return /[:/]/.test(key) || cliKeys.has(key);
}

function unknownKey(key: string): string {
  const names = Object.keys(settings);
  const meant = closestName(key, names);
  return `unknown context key ${quote(key)}: ${meant ? `did you mean ${quote(meant)}?` : `the settings are ${names.join(', ')}`}`;
}

function contradictions(config: Config, context: Readonly<Record<string, unknown>>): string[] {
  if (config.vpcId) {
    const given = newVpcSettings.filter((name) => context[name] !== undefined);
    return given.map(
      (name) =>
        `${name} ${quote(String(context[name]))} shapes a new VPC, but vpcId ${quote(config.vpcId!)} names an existing one: remove one of the two`,
    );
  }
  const zones = Array.isArray(config.availabilityZones)
    ? config.availabilityZones.length
    : Number(config.availabilityZones);
  return config.natGateways !== undefined && config.natGateways > zones
    ? [
        `natGateways "${config.natGateways}": there are ${zones} zones, choose 1 to ${zones} (cdk deploy -c natGateways=${zones})`,
      ]
    : [];
}

/** The command line gives text, cdk.json any JSON: both are read as the text one would type. */
function asText(received: unknown): string {
  if (Array.isArray(received)) {
    return received.join(',');
  }
  return typeof received === 'object' ? JSON.stringify(received) : String(received).trim();
}

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

function image(name: string, text: string): Reading<string> {
  return /^[a-z0-9][\w./:-]*(:[\w][\w.-]{0,127}|@sha256:[0-9a-f]{64})$/.test(text)
    ? { value: text }
    : {
        problem: `${name} ${quote(text)} is not an image with a tag or digest: write one as repository:1.2.1`,
      };
}

function list(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function isOneOf<T extends string>(choices: readonly T[], text: string): text is T {
  return (choices as readonly string[]).includes(text);
}

function quote(text: string): string {
  return JSON.stringify(text);
}
