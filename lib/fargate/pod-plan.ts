/** What Fargate makes of the pods of one object. */
import type { PodCount } from './manifest/autoscaler';
import { isDaemonSet, type PodRun } from './manifest/pod';
import type { CheckedPod } from './rules/rule';
import { effectiveRequest } from './sizing/pod-request';
import type { PodSize } from './sizing/pod-size';
import { landsNowhere, type FargateProfile } from './sizing/profile';

/** The pods of one object, and what Fargate makes of each. */
export interface PodPlan {
  /** Position of the object in the checked list. */
  readonly index: number;
  /** `Kind namespace/name` */
  readonly object: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /**
   * Pods that run at a time: the range of the HorizontalPodAutoscaler where one scales the object, otherwise equal
   * ends. Undefined for a DaemonSet.
   */
  readonly count: PodCount | undefined;
  /** How the pods end: those of a Job, a CronJob or a Helm hook. Undefined for pods that run all the time. */
  readonly run: PodRun | undefined;
  /** Whether the pods run only on `helm test`. */
  readonly helmTest: boolean;
  /** Labels of the pod. */
  readonly labels: Readonly<Record<string, string>>;
  /** Name of the profile the pod lands on; undefined for none. */
  readonly profile: string | undefined;
  /** What Fargate provisions for each pod; undefined where it provisions nothing, or the request cannot be read. */
  readonly size: PodSize | undefined;
  /**
   * GiB of ephemeral storage that each pod requests above those that are included; undefined for none, and
   * without a size.
   */
  readonly ephemeralGib: number | undefined;
}

/** GiB of ephemeral storage that every pod has. */
const includedGib = 20;
const nanoPerGib = 1e9 * 1024 ** 3;

export function planPod(pod: CheckedPod, profiles: readonly FargateProfile[]): PodPlan {
  const { object, namespace, count, run, helmTest, labels, ask } = pod;
  const elsewhere = isDaemonSet(object) || pod.offFargate;
  const size = elsewhere || landsNowhere(pod, profiles) ? undefined : pod.size;
  const extraGib = Number(effectiveRequest(ask.containers, 'ephemeral-storage')) / nanoPerGib - includedGib;
  return {
    index: object.index,
    object: object.label,
    kind: object.kind,
    namespace,
    name: object.name,
    count,
    run,
    helmTest,
    labels,
    profile: elsewhere ? undefined : pod.profile?.name,
    size,
    ephemeralGib: size !== undefined && extraGib > 0 ? extraGib : undefined,
  };
}
