import type { PodPlan } from '../../fargate/pod-plan';
import { formatCapacity } from '../../fargate/sizing/pod-size';
import { matchesSelector, matchesWildcard, type FargateProfile } from '../../fargate/sizing/profile';
import { CouldNotLook } from './could-not-look';
import type { DeployedStack } from './deployed-stack';
import type { ExpectedState, ExpectedWorkload, UnfollowedObject } from './expected';

/** What lib/stack/plan-variants.ts knows of the repository, as far as it can be verified. */
export interface PredictedPlan {
  readonly stackName: string;
  readonly profiles: readonly FargateProfile[];
  readonly variants: readonly PredictedVariant[];
}

/** What the repository predicts of one variant. */
export interface PredictedVariant {
  readonly variant: string;
  /** Plain Kubernetes objects. */
  readonly objects: readonly object[];
  readonly check: { readonly pods: readonly PodPlan[] };
}

/** Planned for, and applied by EKS with its add-on, whose health covers it. */
const appliedByEks: ReadonlySet<string> = new Set(['Deployment kube-system/coredns']);
/** Where Kubernetes puts an object that names no namespace. */
const defaultNamespace = 'default';

/**
 * Predicts a deployment: what the charts ask for, as lib/fargate reads it, under the names that the stack got.
 *
 * @throws Error if the plan lacks a profile that it refers to
 */
export function expectedState(
  { variant, objects, check }: PredictedVariant,
  profiles: readonly FargateProfile[],
  stack: DeployedStack,
): ExpectedState {
  const predictions = check.pods
    .filter(({ object }) => !appliedByEks.has(object))
    .map((pod) => predict(pod, objects, profiles));
  const { partition, region, account, clusterName } = stack;
  return {
    variant,
    role: {
      arn: stack.podExecutionRoleArn,
      sourceArn: `arn:${partition}:eks:${region}:${account}:fargateprofile/${clusterName}/*`,
      logGroupArn: `arn:${partition}:logs:${region}:${account}:log-group:${stack.logGroupName}`,
    },
    profile: {
      name: stack.profileName,
      selectors: profileNamed(stack.profileName, profiles).selectors.map(({ namespace, labels = {} }) => ({
        namespace,
        labels,
      })),
      podExecutionRoleArn: stack.podExecutionRoleArn,
      subnetIds: stack.privateSubnetIds,
    },
    workloads: predictions
      .filter((prediction): prediction is ExpectedWorkload => !('reason' in prediction))
      .toSorted((a, b) => a.name.localeCompare(b.name)),
    unfollowed: predictions.filter((prediction) => 'reason' in prediction),
  };
}

function profileNamed(name: string, profiles: readonly FargateProfile[]): FargateProfile {
  const found = profiles.find((profile) => profile.name === name);
  if (found === undefined) {
    throw new CouldNotLook(
      `the stack was deployed with the Fargate profile "${name}", and this revision has ${profiles.map((profile) => profile.name).join(', ')}`,
      'Check out the revision that was deployed, or deploy this one',
    );
  }
  return found;
}

interface PlannedObject {
  readonly kind?: unknown;
  readonly metadata?: { readonly namespace?: unknown; readonly name?: unknown };
  readonly spec?: { readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> } };
}

function isObjectOf(candidate: object, pod: PodPlan): boolean {
  const { kind, metadata } = candidate as PlannedObject;
  return (
    kind === pod.kind &&
    metadata?.name === pod.name &&
    (metadata.namespace ?? defaultNamespace) === pod.namespace
  );
}

function predict(
  pod: PodPlan,
  objects: readonly object[],
  profiles: readonly FargateProfile[],
): ExpectedWorkload | UnfollowedObject {
  const unfollowed = (reason: string): UnfollowedObject => ({ object: pod.object, reason });
  if (pod.kind !== 'Deployment' || pod.count === undefined) {
    return unfollowed('only Deployments are followed');
  }
  const object = objects.find((candidate) => isObjectOf(candidate, pod));
  if (object === undefined) {
    return unfollowed('planned for, and not among the objects that the stack applies');
  }
  const selector = (object as PlannedObject).spec?.selector?.matchLabels;
  if (selector === undefined) {
    return unfollowed('only Deployments that select their pods by matchLabels are followed');
  }
  if (pod.count.min < pod.count.max) {
    return unfollowed('a HorizontalPodAutoscaler decides how many pods it has');
  }
  if (pod.profile === undefined || pod.size === undefined) {
    return unfollowed('Fargate would not run it: npm run preflight says why');
  }
  return {
    namespace: pod.namespace,
    name: pod.name,
    replicas: pod.count.min,
    selector,
    labels: selectingLabels(pod, profileNamed(pod.profile, profiles)),
    profile: pod.profile,
    capacity: formatCapacity(pod.size),
  };
}

/** Those of the labels of a pod that its profile selects by. */
function selectingLabels(pod: PodPlan, { selectors }: FargateProfile): Readonly<Record<string, string>> {
  const patterns = selectors
    .filter((selector) => matchesSelector(selector, pod))
    .flatMap(({ labels = {} }) => Object.entries(labels));
  return Object.fromEntries(
    Object.entries(pod.labels).filter(([key, value]) =>
      patterns.some(
        ([keyPattern, valuePattern]) =>
          matchesWildcard(keyPattern, key) && matchesWildcard(valuePattern, value),
      ),
    ),
  );
}
