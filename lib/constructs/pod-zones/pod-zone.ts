/** Label of a pod with the number of its zone. */
export const zoneLabel = 'eks-fargate.io/zone';

/** An availability zone that pods can choose. */
export interface PodZone {
  /** Its number, from `1`, in the order of the private subnets. */
  readonly number: string;
  /** All that a pod of the zone is labeled with, in addition to its own labels. */
  readonly podLabels: Readonly<Record<string, string>>;
}
