/** What a pod demands of its node, and whether any Fargate node has it. */
import { isUnresolved, type Field } from '../manifest/field';
import { readable } from '../manifest/kube-object';
import { itOrThem, shortList } from '../words';
import type { CheckedPod, Rule } from './rule';
import { fargatePage, fargateProfilePage, nodeLabelsPage } from './sources';

/** Labels that every Fargate node has with the same value. */
const fargateNodeLabels: ReadonlyMap<string, string> = new Map([
  ['kubernetes.io/os', 'linux'],
  ['beta.kubernetes.io/os', 'linux'],
  ['kubernetes.io/arch', 'amd64'],
  ['beta.kubernetes.io/arch', 'amd64'],
  ['eks.amazonaws.com/compute-type', 'fargate'],
]);
/**
 * Labels that every Fargate node has, each with its own value. A pod may choose its zone by them; whether the
 * profile has a subnet there cannot be seen in a manifest. https://github.com/aws/containers-roadmap/issues/1125
 */
const nodeVarying = new Set([
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
]);

/**
 * The name of the node. The kubelet sets it on every node (https://kubernetes.io/docs/reference/labels-annotations-taints/),
 * but a Fargate node has its name only after its pod was placed: none can be asked for.
 */
const nodeNameLabel = 'kubernetes.io/hostname';

/** Whether some Fargate node can have the label with the value. */
function nodeMayHave(key: string, value: string): boolean {
  return nodeVarying.has(key) || fargateNodeLabels.get(key) === value;
}

/** Whether some Fargate node can meet one requirement of a node affinity term. */
function mayMeet(requirement: Field): boolean {
  const key = requirement.get('key').text() ?? '';
  const values = requirement.get('values').texts();
  if (isUnresolved(key) || values.some(isUnresolved)) {
    return true;
  }
  const has = fargateNodeLabels.has(key) || nodeVarying.has(key) || key === nodeNameLabel;
  switch (requirement.get('operator').text()) {
    case 'In':
      return values.some((value) => nodeMayHave(key, value));
    case 'NotIn':
      return !(fargateNodeLabels.has(key) && values.includes(fargateNodeLabels.get(key)!));
    case 'Exists':
      return has;
    case 'DoesNotExist':
      return !has;
    case 'Gt':
    case 'Lt':
      return false;
    default:
      return true;
  }
}

function showRequirement(requirement: Field): string {
  const values = requirement.get('values').texts();
  const operator = requirement.get('operator').text() ?? '';
  const list = values.length > 0 ? ` [${values.map(readable).join(', ')}]` : '';
  return `${readable(requirement.get('key').text() ?? '')} ${readable(operator)}${list}`;
}

/** The node affinity a pod insists on. Its terms are alternatives; the requirements in a term hold together. */
function requiredTerms(spec: Field): readonly { readonly term: Field; readonly unmet: readonly Field[] }[] {
  return requiredAffinity(spec)
    .get('nodeSelectorTerms')
    .items()
    .map((term) => ({
      term,
      unmet: [
        ...term
          .get('matchExpressions')
          .items()
          .filter((requirement) => !mayMeet(requirement)),
        // The only field is metadata.name, and a Fargate node has its name after the pod was placed.
        ...term
          .get('matchFields')
          .items()
          .filter((requirement) => requirement.get('operator').text() === 'In'),
      ],
    }));
}

function requiredAffinity(spec: Field): Field {
  return spec.get('affinity').get('nodeAffinity').get('requiredDuringSchedulingIgnoredDuringExecution');
}

function unmetAffinity(spec: Field): readonly Field[] {
  const terms = requiredTerms(spec);
  return terms.every(({ unmet }) => unmet.length > 0) ? terms.flatMap(({ unmet }) => unmet) : [];
}

function unmetSelector(spec: Field): readonly (readonly [string, string])[] {
  return Object.entries(spec.get('nodeSelector').strings()).filter(
    ([key, value]) => !isUnresolved(value) && !nodeMayHave(key, value),
  );
}

/** Whether a pod's demands on its node keep it off every Fargate node. */
export function excludesFargate(spec: Field): boolean {
  return unmetAffinity(spec).length > 0 || unmetSelector(spec).length > 0;
}

/** With one pod a node, what asks for distinct hosts has what it wants. */
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

export const placementRules: readonly Rule[] = [
  {
    id: 'node-selector',
    severity: 'error',
    why: 'A Fargate node is a Linux machine on amd64 without GPU, Inferentia or instance type; a nodeSelector on a label it lacks keeps the pod Pending.',
    source: nodeLabelsPage,
    judges: 'pod',
    check: ({ spec }) => {
      const unmet = unmetSelector(spec).map(([key, value]) => `${readable(key)}=${readable(value)}`);
      return unmet.length === 0
        ? []
        : [
            {
              text: `no Fargate node meets nodeSelector ${shortList(unmet)}, and the pod stays Pending`,
              fix: `Remove ${itOrThem(unmet)}, or run the pod on EC2.`,
            },
          ];
    },
  },
  {
    id: 'node-affinity',
    severity: 'error',
    why: 'A required node affinity that no Fargate node meets keeps the pod Pending, like a nodeSelector.',
    source: nodeLabelsPage,
    judges: 'pod',
    check: ({ spec }) => {
      const unmet = unmetAffinity(spec);
      return unmet.length === 0
        ? []
        : [
            {
              text: `no Fargate node meets the required node affinity ${shortList([...new Set(unmet.map(showRequirement))])}, and the pod stays Pending`,
              fix: 'Remove it, or run the pod on EC2.',
            },
          ];
    },
  },
  {
    id: 'node-name',
    severity: 'error',
    why: 'A pod bound to a node by name bypasses the Fargate scheduler, which alone makes Fargate nodes.',
    source: fargatePage,
    judges: 'pod',
    check: ({ spec }) => {
      const name = spec.get('nodeName').text() ?? '';
      return name === ''
        ? []
        : [
            {
              text: `nodeName ${readable(name)} bypasses the Fargate scheduler`,
              fix: `Remove ${spec.get('nodeName').path}.`,
            },
          ];
    },
  },
  {
    id: 'windows',
    severity: 'error',
    why: 'Fargate on EKS runs Linux containers only.',
    source: fargatePage,
    judges: 'pod',
    check: ({ spec, containers }) => {
      const os = spec.get('os').get('name').text();
      if (os === 'windows') {
        return [
          {
            text: 'Fargate does not support os windows',
            fix: `Remove ${spec.get('os').path}, and use a Linux image.`,
          },
        ];
      }
      const options = [spec, ...containers.map(({ field }) => field)]
        .map((field) => field.get('securityContext').get('windowsOptions'))
        .find(({ present }) => present);
      return options === undefined
        ? []
        : [
            {
              text: 'Fargate does not support windowsOptions',
              fix: `Remove ${options.path}, and use a Linux image.`,
            },
          ];
    },
  },
  {
    id: 'no-spreading',
    severity: 'warning',
    why: 'Pod affinity, anti-affinity and topologySpreadConstraints do not apply on Fargate: replicas may share a zone. (Anti-affinity on kubernetes.io/hostname is met anyway, with one pod a node.)',
    source: fargateProfilePage,
    judges: 'pod',
    check: (pod) => {
      const fields = ineffective(pod);
      return fields.length === 0
        ? []
        : [
            {
              text: `Fargate does not apply ${shortList(fields)}`,
              fix: `Remove ${itOrThem(fields)}, or use a profile for each subnet where an even spread matters.`,
            },
          ];
    },
  },
];
