/** What a Fargate node is to the scheduler, and which demands of a pod it does not meet. */
import { isUnresolved, type Field } from '../manifest/field';
import { readable } from '../manifest/kube-object';

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
export const nodeNameLabel = 'kubernetes.io/hostname';

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

/** What no Fargate node meets of each term: terms are alternatives, the requirements in a term hold together. */
function requiredTerms(spec: Field): readonly (readonly Field[])[] {
  return spec
    .get('affinity')
    .get('nodeAffinity')
    .get('requiredDuringSchedulingIgnoredDuringExecution')
    .get('nodeSelectorTerms')
    .items()
    .map((term) => [
      ...term
        .get('matchExpressions')
        .items()
        .filter((requirement) => !mayMeet(requirement)),
      // The only field is metadata.name, and a Fargate node has its name after the pod was placed.
      ...term
        .get('matchFields')
        .items()
        .filter((requirement) => requirement.get('operator').text() === 'In'),
    ]);
}

/** Requirements of the required node affinity, as `gpu Exists`, when no Fargate node meets any of its terms. */
export function unmetAffinity(spec: Field): readonly string[] {
  const terms = requiredTerms(spec);
  return terms.every((unmet) => unmet.length > 0) ? [...new Set(terms.flat().map(showRequirement))] : [];
}

/** The pairs of the nodeSelector, as `kubernetes.io/arch=arm64`, that no Fargate node has. */
export function unmetSelector(spec: Field): readonly string[] {
  return Object.entries(spec.get('nodeSelector').strings())
    .filter(([key, value]) => !isUnresolved(value) && !nodeMayHave(key, value))
    .map(([key, value]) => `${readable(key)}=${readable(value)}`);
}

/** Whether a pod's demands on its node keep it off every Fargate node. */
export function excludesFargate(spec: Field): boolean {
  return unmetAffinity(spec).length > 0 || unmetSelector(spec).length > 0;
}
