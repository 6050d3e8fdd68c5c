import { quote } from '../wording';
import { readArgoCd, type ArgoCdSettings } from './argo-cd-settings';
import { parseCidr } from './cidr';
import { ingressContradictions } from './ingress-contradictions';
import { readRegistry } from './registry';
import { isOneOf, readBoolean, splitList, type SettingsOf } from './setting';

/** Who can reach the load balancer: addresses inside the VPC, or the internet. */
const ingressSchemes = ['internal', 'public'] as const;

/** One of them. */
export type IngressScheme = (typeof ingressSchemes)[number];

/** What a cluster may have in addition, off unless set. Each has a page of its name in docs. */
export interface BlockSettings {
  /**
   * Host of the private registry in Amazon ECR that has copies of the Helm charts and images of the blocks.
   *
   * @default - they come from their authors
   */
  readonly registry?: string;
  /**
   * A load balancer in front of the cluster, and who can reach it.
   *
   * @default - no load balancer
   */
  readonly ingress?: IngressScheme;
  /**
   * IPv4 ranges that may use the load balancer.
   *
   * @default - for `internal` the range of the VPC; `public` requires ranges
   */
  readonly ingressCidrs?: readonly string[];
  /**
   * Certificate in AWS Certificate Manager for HTTPS, in the region of the stack.
   *
   * @default - HTTP
   */
  readonly ingressCertificateArn?: string;
  /**
   * Whether the cluster has the metrics that a HorizontalPodAutoscaler scales by.
   *
   * @default false
   */
  readonly autoscaling?: boolean;
  /**
   * Whether pods can have security groups of their own, and be closed to others.
   *
   * @default false
   */
  readonly podSecurityGroups?: boolean;
  /**
   * Whether pods can get secrets of AWS Secrets Manager as Kubernetes Secrets.
   *
   * @default false
   */
  readonly externalSecrets?: boolean;
  /**
   * Whether pods can choose their availability zone.
   *
   * @default false
   */
  readonly podZones?: boolean;
  /**
   * Who hears by email of pods that Fargate is going to end, and of a vCPU quota that runs out.
   *
   * @default - no alarms
   */
  readonly alarmEmail?: string;
  /**
   * Whether Argo CD applies the charts of workloads, from a git repository, and the stack does not.
   *
   * @default false
   */
  readonly gitOps?: boolean;
  /**
   * Argo CD of the cluster, as an EKS Capability. One that runs elsewhere does not need it.
   *
   * @default - none
   */
  readonly argoCd?: ArgoCdSettings;
}

/** The readers of these settings, in the order of docs/settings.md. */
export const blockSettings: SettingsOf<BlockSettings> = {
  registry: {
    description:
      'Host of the private registry in Amazon ECR that has copies of the Helm charts and images of the blocks (docs/registry.md).',
    otherwise: 'they come from their authors',
    read: readRegistry,
  },
  ingress: {
    description: 'A load balancer in front of the cluster: `internal` or `public` (docs/ingress.md).',
    otherwise: 'no load balancer',
    read: (text) =>
      isOneOf(ingressSchemes, text)
        ? { value: text }
        : {
            problem: `ingress ${quote(text)}: choose internal or public (cdk deploy -c ingress=internal), or nothing for no load balancer (-c ingress=)`,
          },
  },
  ingressCidrs: {
    description: 'IPv4 ranges that may use the load balancer, separated by commas.',
    otherwise: 'for `internal` the range of the VPC; `public` requires ranges',
    read: (text) => {
      const ranges = splitList(text);
      for (const range of ranges) {
        const cidr = parseCidr(range, '52.94.76.1/32');
        if ('problem' in cidr) {
          return { problem: `ingressCidrs ${quote(range)} ${cidr.problem}` };
        }
      }
      return ranges.length > 0
        ? { value: ranges }
        : {
            problem: `ingressCidrs ${quote(text)} has no range: write one as 52.94.76.1/32, or leave it out`,
          };
    },
  },
  ingressCertificateArn: {
    description: 'ARN of the certificate for HTTPS, in the region of the stack.',
    otherwise: 'HTTP',
    read: (text) =>
      /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/.test(text)
        ? { value: text }
        : {
            problem: `ingressCertificateArn ${quote(text)} is not the ARN of a certificate: write one as arn:aws:acm:us-west-2:111122223333:certificate/12345678-1234-1234-1234-123456789012 (aws acm list-certificates)`,
          },
  },
  autoscaling: {
    description: 'Whether the cluster has metrics-server, by which autoscalers scale (docs/autoscaling.md).',
    otherwise: '`false`',
    read: (text) => readBoolean('autoscaling', text),
  },
  podSecurityGroups: {
    description:
      'Whether pods can have security groups of their own, and be closed to others (docs/pod-security-groups.md).',
    otherwise: '`false`',
    read: (text) => readBoolean('podSecurityGroups', text),
  },
  externalSecrets: {
    description:
      'Whether pods can get secrets of AWS Secrets Manager as Kubernetes Secrets (docs/external-secrets.md).',
    otherwise: '`false`',
    read: (text) => readBoolean('externalSecrets', text),
  },
  podZones: {
    description: 'Whether pods can choose their availability zone, to be spread evenly (docs/pod-zones.md).',
    otherwise: '`false`',
    read: (text) => readBoolean('podZones', text),
  },
  alarmEmail: {
    description:
      'Who hears by email of pods that Fargate is going to end, and of a vCPU quota that runs out (docs/alarms.md).',
    otherwise: 'no alarms',
    read: (text) =>
      /^[^\s@,]+@[^\s@,]+\.[^\s@,]+$/.test(text)
        ? { value: text }
        : {
            problem: `alarmEmail ${quote(text)} is not one address: write it as ops@example.com; for several people use a mailing list, or subscribe them to the topic (docs/alarms.md)`,
          },
  },
  gitOps: {
    description:
      'Whether Argo CD applies the charts of workloads, from a git repository, and the stack does not (docs/gitops.md).',
    otherwise: '`false`',
    read: (text) => readBoolean('gitOps', text),
  },
  argoCd: {
    description:
      'Argo CD as an EKS Capability: `identityCenterArn`, `identityCenterRegion` and `adminGroupId` of IAM Identity Center (docs/gitops.md).',
    otherwise: 'none',
    read: readArgoCd,
  },
};

/** What is wrong with the values together. */
export function blockContradictions(
  settings: BlockSettings & { readonly region?: string },
): readonly string[] {
  return [
    ...ingressContradictions(settings),
    ...(settings.argoCd !== undefined && settings.gitOps !== true
      ? [
          'argoCd without gitOps: the stack and Argo CD would both apply the charts of workloads, and undo what the other did. Set gitOps to true, or remove argoCd',
        ]
      : []),
  ];
}
