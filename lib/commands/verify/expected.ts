/**
 * What the repository predicts of a deployment, as plain data.
 *
 * Nothing in it is measured and nothing in it is written down a second time: workloads and sizes come from the
 * charts through lib/fargate, names and ARNs from the outputs of the stack (see expect.ts).
 */
export interface ExpectedState {
  /** Variant of the checkout workload that should be running. */
  readonly variant: string;
  readonly role: ExpectedRole;
  readonly profile: ExpectedProfile;
  readonly workloads: readonly ExpectedWorkload[];
  /** What else the stack runs. Each is reported as unknown, because nothing in the list of checks looks at it. */
  readonly unfollowed: readonly UnfollowedObject[];
}

/** An object with pods that the checks do not follow. */
export interface UnfollowedObject {
  /** `Kind namespace/name` */
  readonly object: string;
  /** Why it is not followed. */
  readonly reason: string;
}

/** The role that the kubelet of a Fargate pod acts with: pulls images, writes logs. */
export interface ExpectedRole {
  readonly arn: string;
  /** The one value that `aws:SourceArn` may match: the profiles of this cluster, in this region and account. */
  readonly sourceArn: string;
  /** CloudWatch log group that the role writes the logs of its pods to: its ARN, without `:*`. */
  readonly logGroupArn: string;
}

/** A selector as Amazon EKS returns it: all of its labels must match. */
export interface Selector {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface ExpectedProfile {
  readonly name: string;
  readonly selectors: readonly Selector[];
  readonly podExecutionRoleArn: string;
  readonly subnetIds: readonly string[];
}

/** One Deployment and what each of its pods should be. */
export interface ExpectedWorkload {
  readonly namespace: string;
  readonly name: string;
  readonly replicas: number;
  /** `spec.selector.matchLabels`: tells the pods of this workload from all others in the namespace. */
  readonly selector: Readonly<Record<string, string>>;
  /** The labels that its profile selects by, e.g. `fargate: "yes"`. Pods carry more. */
  readonly labels: Readonly<Record<string, string>>;
  /** Name of the Fargate profile that the pods land on. */
  readonly profile: string;
  /** The `CapacityProvisioned` annotation, e.g. `0.25vCPU 1GB`. */
  readonly capacity: string;
}
