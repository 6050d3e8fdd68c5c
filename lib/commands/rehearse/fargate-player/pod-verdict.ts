import { checkManifests } from '../../../fargate/check-manifests';
import { formatCapacity } from '../../../fargate/sizing/pod-size';
import { profileLabel, type FargateProfile } from '../../../fargate/sizing/profile';
import { computeType, fargateScheduler, noProfileGate } from './admission-policy';
import { containersOf, type LivePod } from './live-pod';

/** What Fargate does with a pod: runs it on a node of its own, or leaves it Pending. */
export type PodVerdict =
  | { readonly placed: true; readonly capacity: string }
  | {
      readonly placed: false;
      /** Who says so, in the event. */
      readonly scheduler: string;
      /** The words of that scheduler, as far as they are known. */
      readonly message: string;
    };

/** What of a cluster's plan decides about its pods. */
export interface PodRules {
  readonly profiles: readonly FargateProfile[];
  readonly kubernetesVersion: string;
}

/** Whether a pod is Fargate's, or would be but for its profile. */
export function concernsFargate({ spec }: LivePod): boolean {
  return (
    spec.schedulerName === fargateScheduler ||
    (spec.schedulingGates ?? []).some(({ name }) => name === noProfileGate)
  );
}

/**
 * Judges a pod with the engine that also predicts, so that a rehearsal cannot show another size than preflight.
 *
 * @throws Error if API server and engine see it on two profiles, which is a defect of this command.
 */
export function judgePod(pod: LivePod, rules: PodRules): PodVerdict {
  const { pods, errors } = check(pod, rules);
  const profile = isKeptOff(pod) ? undefined : pods[0]?.profile;
  const admitted =
    pod.spec.schedulerName === fargateScheduler ? pod.metadata.labels?.[profileLabel] : undefined;
  if (profile !== admitted) {
    throw new Error(
      `pod ${pod.metadata.namespace}/${pod.metadata.name} was admitted to ${admitted ?? 'no profile'}, and is predicted on ${profile ?? 'none'}: please report this`,
    );
  }
  if (profile === undefined) {
    return {
      placed: false,
      scheduler: 'default-scheduler',
      message: [...errors.values()].join(' ') || 'no nodes available to schedule pods',
    };
  }
  const size = pods[0]?.size;
  if (errors.size === 0 && size !== undefined) {
    return { placed: true, capacity: formatCapacity(size) };
  }
  return { placed: false, scheduler: fargateScheduler, message: refusal(pod, rules, errors) };
}

/** Whether the pod says that it is not for Fargate: https://docs.aws.amazon.com/eks/latest/userguide/auto-migrate-fargate.html */
function isKeptOff({ metadata: { annotations = {} } }: LivePod): boolean {
  return annotations[computeType] === 'ec2';
}

function check(pod: LivePod, { profiles, kubernetesVersion }: PodRules) {
  const { pods, findings } = checkManifests([{ apiVersion: 'v1', kind: 'Pod', ...pod }], {
    profiles,
    kubernetesVersion,
    target: 'cluster',
  });
  return {
    pods,
    errors: new Map(
      findings.filter(({ severity }) => severity === 'error').map(({ rule, message }) => [rule, message]),
    ),
  };
}

/** The scheduler's own words for what it is known to say, else those of the rules, which say more. */
function refusal(pod: LivePod, rules: PodRules, errors: ReadonlyMap<string, string>): string {
  const has = (rule: string): boolean => errors.has(rule);
  // https://github.com/aws/containers-roadmap/issues/1517
  const fields = [
    ...(has('host-network') ? ['HostNetwork'] : []),
    ...(has('host-pid') ? ['HostPID'] : []),
    ...(has('host-ipc') ? ['HostIPC'] : []),
  ];
  const parts = [
    ...(fields.length > 0 ? [`fields not supported: ${fields.join(', ')}`] : []),
    ...(has('privileged') ? ['invalid SecurityContext fields: Privileged'] : []),
    // https://github.com/frappe/frappe_docker/issues/1182
    ...(has('capabilities')
      ? [`invalid SecurityContext fields: Capabilities added: ${capabilities(pod).join(', ')}`]
      : []),
    ...(has('host-port') ? ['port contains HostIP or HostPort'] : []),
    // https://github.com/freegroup/kube-s3/issues/14
    ...(has('volume-type')
      ? [
          `volumes not supported: ${volumes(pod, rules)
            .map((name) => `${name} is of an unsupported volume Type`)
            .join(', ')}`,
        ]
      : []),
  ];
  if (parts.length > 0) {
    return `Pod not supported on Fargate: ${parts.join(', ')}`;
  }
  // https://github.com/aws/eks-distro-prow-jobs/pull/11
  return has('too-large')
    ? "Your pod's cpu/memory requirements exceed the max Fargate configuration"
    : [...errors.values()].join(' ');
}

function capabilities(pod: LivePod): readonly string[] {
  return containersOf(pod).flatMap(({ securityContext }) => securityContext?.capabilities?.add ?? []);
}

/** The volumes that the engine refuses, each judged alone. */
function volumes(pod: LivePod, rules: PodRules): readonly string[] {
  return (pod.spec.volumes ?? [])
    .filter((volume) =>
      check({ ...pod, spec: { ...pod.spec, volumes: [volume] } }, rules).errors.has('volume-type'),
    )
    .map(({ name }) => name);
}
