/** What a pod demands of its node, and whether any Fargate node has it. */
import type { Field } from '../manifest/field';
import { readable } from '../manifest/kube-object';
import { shortList } from '../words';
import { nodeNameLabel, unmetAffinity, unmetSelector } from './fargate-node';
import { ifAny, type CheckedPod, type Rule } from './rule';
import {
  dynamicResourcesPage,
  fargatePage,
  fargateProfilePage,
  leavingFargatePage,
  nodeLabelsPage,
  schedulerNameReport,
} from './sources';

/** With one pod a node, all pods are on distinct hosts. */
const distinctHosts = nodeNameLabel;

/** The topology of a required term, or of a preferred one, which wraps it with a weight. */
function topologyKey(term: Field): string | undefined {
  const wrapped = term.get('podAffinityTerm');
  return (wrapped.present ? wrapped : term).get('topologyKey').text();
}

function ineffective({ spec }: CheckedPod): readonly string[] {
  const affinity = spec.get('affinity');
  const both = [
    'requiredDuringSchedulingIgnoredDuringExecution',
    'preferredDuringSchedulingIgnoredDuringExecution',
  ];
  const podAffinity = affinity.get('podAffinity');
  const antiAffinity = affinity.get('podAntiAffinity');
  return [
    ...(both.some((kind) => podAffinity.get(kind).items().length > 0) ? ['podAffinity'] : []),
    ...(both.some((kind) =>
      antiAffinity
        .get(kind)
        .items()
        .some((term) => topologyKey(term) !== distinctHosts),
    )
      ? ['podAntiAffinity']
      : []),
    ...(spec
      .get('topologySpreadConstraints')
      .items()
      .some((constraint) => constraint.get('topologyKey').text() !== distinctHosts)
      ? ['topologySpreadConstraints']
      : []),
  ];
}

/** The annotation of the pod that keeps it off Fargate. */
const computeType = 'eks.amazonaws.com/compute-type';
/** What Kubernetes writes by itself, and what the webhook of Fargate writes. */
const ownSchedulers = new Set(['', 'default-scheduler', 'fargate-scheduler']);

/** Without its demand, an image for another machine is pulled and does not run. */
function elsewhere(unmet: readonly string[]): string {
  return unmet.some((demand) => /^(beta\.)?kubernetes\.io\/arch\b/u.test(demand))
    ? 'Use an amd64 image, or run the pod on EC2.'
    : 'Run the pod on EC2, or remove what it does not need.';
}

export const placementRules: readonly Rule[] = [
  {
    id: 'compute-type',
    severity: 'error',
    why: `The annotation ${computeType}: ec2 keeps a pod off Fargate although a profile matches: it is the first step of the way from Fargate to Auto Mode. Where there are no EC2 nodes, the pod stays Pending. Such a pod is not judged further.`,
    source: leavingFargatePage,
    judges: 'together',
    check: ({ podsOffFargate }) =>
      podsOffFargate.map(({ object, metadata }) => ({
        object,
        text: `annotation ${computeType}: ec2 keeps the pod off Fargate`,
        fix: `Remove it from ${metadata.path}.annotations.`,
      })),
  },
  {
    id: 'node-selector',
    severity: 'error',
    why: 'A Fargate node is a Linux machine on amd64 without GPU, Inferentia or instance type, and gets its name after the pod is placed; a nodeSelector on a label it lacks keeps the pod Pending.',
    source: nodeLabelsPage,
    judges: 'pod',
    check: ({ spec }) =>
      ifAny(unmetSelector(spec), (unmet) => ({
        text: `no Fargate node meets nodeSelector ${shortList(unmet)}, and the pod stays Pending`,
        fix: elsewhere(unmet),
      })),
  },
  {
    id: 'node-affinity',
    severity: 'error',
    why: 'A required node affinity that no Fargate node meets keeps the pod Pending, like a nodeSelector.',
    source: nodeLabelsPage,
    judges: 'pod',
    check: ({ spec }) =>
      ifAny(unmetAffinity(spec), (unmet) => ({
        text: `no Fargate node meets the required node affinity ${shortList(unmet)}, and the pod stays Pending`,
        fix: elsewhere(unmet),
      })),
  },
  {
    id: 'node-name',
    severity: 'error',
    why: 'A pod bound to a node by name bypasses the Fargate scheduler, which alone makes Fargate nodes.',
    source: fargatePage,
    judges: 'pod',
    check: ({ spec }) =>
      ifAny(texts(spec.get('nodeName')), ([name]) => ({
        text: `nodeName ${readable(name!)} bypasses the Fargate scheduler`,
        fix: `Remove ${spec.get('nodeName').path}.`,
      })),
  },
  {
    id: 'scheduler-name',
    severity: 'warning',
    why: 'The webhook of Fargate sets schedulerName to fargate-scheduler. Whether it does so over another name is unverified: where it does not, the pod stays Pending.',
    source: schedulerNameReport,
    judges: 'pod',
    check: ({ spec }) =>
      ifAny(
        texts(spec.get('schedulerName')).filter((name) => !ownSchedulers.has(name)),
        ([name]) => ({
          text: `schedulerName ${readable(name!)} may keep the pod off Fargate (unverified)`,
          fix: `Remove ${spec.get('schedulerName').path}.`,
        }),
      ),
  },
  {
    id: 'resource-claim',
    severity: 'error',
    why: 'A resource claim is met by the driver of a device on the node, which is a DaemonSet: Fargate nodes have none.',
    source: dynamicResourcesPage,
    judges: 'pod',
    check: ({ spec }) =>
      ifAny(spec.get('resourceClaims').items(), (claims) => ({
        text: `no Fargate node has a driver for resource claim ${shortList(claims.map((claim) => readable(claim.get('name').text() ?? '')))}, and the pod stays Pending`,
        fix: 'Run the pod on EC2.',
      })),
  },
  {
    id: 'windows',
    severity: 'error',
    why: 'Fargate on EKS runs Linux containers only.',
    source: fargatePage,
    judges: 'pod',
    check: ({ spec, containers }) => {
      const os = spec.get('os');
      const options = [spec, ...containers.map(({ field }) => field)].map((field) =>
        field.get('securityContext').get('windowsOptions'),
      );
      return ifAny(
        [...(os.get('name').text() === 'windows' ? [os] : []), ...options.filter(({ present }) => present)],
        ([field]) => ({
          text:
            field === os ? 'Fargate does not support os windows' : 'Fargate does not support windowsOptions',
          fix: `Remove ${field!.path}, and use a Linux image.`,
        }),
      );
    },
  },
  {
    id: 'no-spreading',
    severity: 'warning',
    why: 'Pod affinity, anti-affinity and topologySpreadConstraints do not apply on Fargate, which spreads pods over the subnets of the profile by itself: replicas may share a zone. (Anti-affinity on kubernetes.io/hostname is met anyway, with one pod a node.)',
    source: fargateProfilePage,
    judges: 'pod',
    check: (pod) =>
      ifAny(ineffective(pod), (fields) => ({
        text: `Fargate does not apply ${shortList(fields)}`,
        fix: 'Remove what has no effect, or use a profile for each zone where an even spread matters (setting podZones).',
      })),
  },
];

/** The text of a field that is not empty, as a list of none or one. */
function texts(field: Field): readonly string[] {
  const text = field.text() ?? '';
  return text === '' ? [] : [text];
}
