import { profileLabel, type FargateProfile, type FargateSelector } from '../../../fargate/sizing/profile';

/** Label of every object that the player makes, so that what a killed run left can be found. */
export const playerLabel = 'fargate-player';
/** Path of all such policies in the API. One with the player's name says that somebody plays. */
export const policies = '/apis/admissionregistration.k8s.io/v1/mutatingadmissionpolicies';
/** Name of the policy, its binding, and the namespace in which they are tried. */
export const playerName = 'fargate-player';
/** The scheduler that EKS gives to the pods of a profile. */
export const fargateScheduler = 'fargate-scheduler';
/** Annotation that keeps a pod off Fargate, with the value `ec2`. */
export const computeType = 'eks.amazonaws.com/compute-type';
/** Gate that keeps pods of no profile from the schedulers of a local cluster: on a Fargate-only cluster they wait for ever. */
export const noProfileGate = 'fargate-player/matches-no-profile';

/** Priority of pods on Fargate, as `kubectl describe` shows it: https://github.com/aws/aws-cdk/issues/23375 */
const fargatePriority = { name: 'system-node-critical', value: 2_000_001_000 } as const;

/**
 * What EKS's webhook does at admission: scheduler, priority and profile label for every pod that matches a profile. The
 * profiles are compared in the API server itself, in the Common Expression Language, by the same rules as
 * `findProfile`, which the tests hold against each other.
 *
 * @param spared namespaces of a local cluster in which pods of no profile run as they did.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/
 */
export function admissionPolicy(
  profiles: readonly FargateProfile[],
  spared: readonly string[],
): { readonly policy: object; readonly binding: object } {
  const metadata = { name: playerName, labels: { [playerLabel]: 'true' } };
  const apiVersion = 'admissionregistration.k8s.io/v1';
  return {
    policy: {
      apiVersion,
      kind: 'MutatingAdmissionPolicy',
      metadata,
      spec: {
        failurePolicy: 'Fail',
        reinvocationPolicy: 'IfNeeded',
        matchConstraints: {
          resourceRules: [
            { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] },
          ],
        },
        variables: [
          { name: 'labels', expression: mapAt('object.metadata', 'labels') },
          { name: 'annotations', expression: mapAt('object.metadata', 'annotations') },
          { name: 'matching', expression: matchingProfiles(profiles) },
          {
            name: 'profiles',
            expression: `variables.matching.filter(name, !(${quote(profileLabel)} in variables.labels) || variables.labels[${quote(profileLabel)}] == name)`,
          },
        ],
        mutations: [
          {
            patchType: 'ApplyConfiguration',
            applyConfiguration: {
              expression: `variables.profiles.size() > 0 ? ${onFargate} : ${inList('request.namespace', spared)} ? Object{} : ${nowhere}`,
            },
          },
        ],
      },
    },
    binding: {
      apiVersion,
      kind: 'MutatingAdmissionPolicyBinding',
      metadata,
      spec: { policyName: playerName },
    },
  };
}

const onFargate = `Object{
  metadata: Object.metadata{labels: {${quote(profileLabel)}: variables.profiles[0]}},
  spec: Object.spec{
    schedulerName: ${quote(fargateScheduler)},
    priorityClassName: ${quote(fargatePriority.name)},
    priority: ${fargatePriority.value}
  }
}`;

const nowhere = `Object{
  spec: Object.spec{schedulingGates: [Object.spec.schedulingGates{name: ${quote(noProfileGate)}}]}
}`;

/** The names of the profiles that match, the one that wins first. */
function matchingProfiles(profiles: readonly FargateProfile[]): string {
  const terms = profiles
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(
      ({ name, selectors }) => `(${selectors.map(matches).join(' || ') || 'false'} ? [${quote(name)}] : [])`,
    );
  // https://docs.aws.amazon.com/eks/latest/userguide/auto-migrate-fargate.html
  const kept = `(${quote(computeType)} in variables.annotations && variables.annotations[${quote(computeType)}] == "ec2")`;
  return `${kept} ? [] : ${terms.join(' + ') || '[]'}`;
}

function matches({ namespace, labels = {} }: FargateSelector): string {
  const terms = Object.entries(labels).map(
    ([key, value]) =>
      `variables.labels.exists(key, key.matches(${pattern(key)}) && variables.labels[key].matches(${pattern(value)}))`,
  );
  return [`request.namespace.matches(${pattern(namespace)})`, ...terms].join(' && ');
}

/** The wildcards of a selector as a regular expression, in quotes. */
function pattern(text: string): string {
  const expression = text
    .replaceAll(/[.+^$()|[\]{}\\]/gu, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return quote(`^${expression}$`);
}

function mapAt(parent: string, field: string): string {
  return `has(${parent}.${field}) ? ${parent}.${field} : {}`;
}

function inList(value: string, names: readonly string[]): string {
  return `(${value} in [${names.map(quote).join(', ')}])`;
}

/** A string of the expression language, which escapes as JSON does. */
function quote(text: string): string {
  return JSON.stringify(text);
}
