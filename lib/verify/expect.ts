import type { PodPlan } from '../fargate/check-manifests';
import { formatCapacity } from '../fargate/pod-size';
import { matchesSelector, matchesWildcard, type FargateProfile } from '../fargate/profile';
import type { DeployedStack } from './deployed-stack';
import type { ExpectedState, ExpectedWorkload } from './expected';

/** What lib/plan-variants.ts knows of the repository, as far as it can be verified. */
export interface RepositoryPlan {
  readonly stackName: string;
  readonly profiles: readonly FargateProfile[];
  readonly variants: readonly VariantPlan[];
}

interface VariantPlan {
  readonly variant: string;
  /** Plain Kubernetes objects. */
  readonly objects: readonly object[];
  readonly check: { readonly pods: readonly PodPlan[] };
}

/**
 * Predicts a deployment: what the charts ask for, as lib/fargate reads it, under the names that the stack got.
 *
 * @throws Error if the plan has something that this cannot predict. No user can mend that, so it is not worded
 *   for users: it says what a fork has to teach this file.
 */
export function expectedState(
  { variant, objects, check }: VariantPlan,
  profiles: readonly FargateProfile[],
  stack: DeployedStack,
): ExpectedState {
  const { partition, region, account, clusterName } = stack;
  return {
    variant,
    role: {
      arn: stack.podExecutionRoleArn,
      sourceArn: `arn:${partition}:eks:${region}:${account}:fargateprofile/${clusterName}/*`,
      logGroup: stack.logGroupName,
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
    workloads: check.pods
      .flatMap((pod) => {
        const object = objects.find((candidate) => isObjectOf(candidate, pod));
        // CoreDNS is planned for, and applied by EKS: its health is that of the add-on.
        return object === undefined ? [] : [expectedWorkload(pod, object, profiles)];
      })
      .toSorted((a, b) => a.name.localeCompare(b.name)),
  };
}

function profileNamed(name: string, profiles: readonly FargateProfile[]): FargateProfile {
  const found = profiles.find((profile) => profile.name === name);
  if (found === undefined) {
    throw new Error(
      `no profile ${name} in the plan: it has ${profiles.map((profile) => profile.name).join(', ')}`,
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
  return kind === pod.kind && metadata?.namespace === pod.namespace && metadata.name === pod.name;
}

function expectedWorkload(
  pod: PodPlan,
  object: object,
  profiles: readonly FargateProfile[],
): ExpectedWorkload {
  const selector = (object as PlannedObject).spec?.selector?.matchLabels;
  if (pod.kind !== 'Deployment' || selector === undefined || pod.count === null) {
    throw new Error(`${pod.object}: lib/verify follows Deployments with matchLabels and replicas only`);
  }
  if (pod.profile === null || pod.size === null) {
    throw new Error(`${pod.object}: Fargate would not run it, npm run preflight says why`);
  }
  return {
    namespace: pod.namespace,
    name: pod.name,
    replicas: pod.count,
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
