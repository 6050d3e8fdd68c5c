import type { Selector } from './expected';

/**
 * What was seen of AWS and of the cluster, reduced to what the checks ask about.
 *
 * Plain JSON, so that a state can be recorded, kept as a fixture and judged again.
 */
export interface ObservedState {
  /** `null`: there is no such role. */
  readonly role: Observation<ObservedRole | null>;
  /** `null`: the cluster has no such profile. */
  readonly profile: Observation<ObservedProfile | null>;
  /** The subnets of the profile as it was found; one that no longer exists is missing from the list. */
  readonly subnets: Observation<readonly ObservedSubnet[]>;
  readonly workloads: Observation<ObservedWorkloads>;
  /** The nodes that pods of the workloads run on. */
  readonly nodes: Observation<readonly ObservedNode[]>;
  /** Events about pods. The API server forgets them after an hour: evidence, never the ground of a check. */
  readonly events: Observation<readonly ObservedEvent[]>;
}

/** A part of the state: either what was seen, or why it could not be looked at. */
export type Observation<T> = { readonly seen: T } | { readonly notSeen: string };

export interface ObservedRole {
  readonly arn: string;
  /** The trust policy, URL-decoded and parsed. */
  readonly trustPolicy: unknown;
  /** ARNs of the attached managed policies. */
  readonly attachedPolicies: readonly string[];
  readonly inlinePolicies: readonly ObservedPolicy[];
}

export interface ObservedPolicy {
  readonly name: string;
  /** The policy, URL-decoded and parsed. */
  readonly document: unknown;
}

export interface ObservedProfile {
  /** `CREATING`, `ACTIVE`, `DELETING`, `CREATE_FAILED` or `DELETE_FAILED`. */
  readonly status: string;
  readonly podExecutionRoleArn: string;
  readonly selectors: readonly Selector[];
  readonly subnetIds: readonly string[];
  /** What Amazon EKS says is wrong with the profile: `code: message`. */
  readonly healthIssues: readonly string[];
}

export interface ObservedSubnet {
  readonly id: string;
  readonly zone: string;
  /** The route table that applies: the one associated with the subnet, or the main one of its VPC. */
  readonly routeTable: string;
  readonly routes: readonly ObservedRoute[];
}

export interface ObservedRoute {
  readonly destination: string;
  /** ID of the gateway, NAT gateway, endpoint or interface; `local` within the VPC. */
  readonly target: string;
  /** Whether the target is gone or takes no traffic: Amazon EC2 calls such a route a `blackhole`. */
  readonly isDead: boolean;
}

export interface ObservedWorkloads {
  readonly deployments: readonly ObservedDeployment[];
  readonly replicaSets: readonly ObservedReplicaSet[];
  readonly pods: readonly ObservedPod[];
}

export interface ObservedDeployment {
  readonly namespace: string;
  readonly name: string;
  /** Annotation `deployment.kubernetes.io/revision`: the same on the current ReplicaSet. */
  readonly revision: string | null;
  readonly generation: number;
  readonly observedGeneration: number;
  /** `spec.replicas`: how many are asked for. */
  readonly replicas: number;
  /** `status.replicas`: pods of all revisions that are not being deleted. */
  readonly currentReplicas: number;
  readonly updatedReplicas: number;
  readonly readyReplicas: number;
  readonly availableReplicas: number;
  readonly conditions: readonly ObservedCondition[];
}

export interface ObservedReplicaSet {
  readonly namespace: string;
  readonly name: string;
  /** Name of the Deployment that owns it. */
  readonly deployment: string | null;
  readonly revision: string | null;
}

export interface ObservedPod {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Name of the ReplicaSet that owns it. */
  readonly replicaSet: string | null;
  readonly schedulerName: string;
  readonly nodeName: string | null;
  /** `Pending`, `Running`, `Succeeded`, `Failed` or `Unknown`. */
  readonly phase: string;
  readonly conditions: readonly ObservedCondition[];
  /**
   * Containers that wait or have ended, those of the start-up but for the ones that did their work:
   * `container checkout: ImagePullBackOff, Back-off pulling image …`, `init container migrate: CrashLoopBackOff, …`.
   */
  readonly troubledContainers: readonly string[];
  /** Annotation `CapacityProvisioned`, written by Fargate. */
  readonly capacity: string | null;
  /** Annotation `Logging`, written by Fargate. */
  readonly logging: string | null;
  /** When its deletion was asked for, as RFC 3339. */
  readonly deletedAt: string | null;
}

export interface ObservedCondition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

export interface ObservedNode {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly osImage: string;
  readonly kubelet: string;
  readonly containerRuntime: string;
}

export interface ObservedEvent {
  readonly namespace: string;
  /** Name of the pod it is about. */
  readonly pod: string;
  /** `Normal` or `Warning`. */
  readonly type: string;
  readonly reason: string;
  /** Who says so, e.g. `fargate-scheduler` or `kubelet`. */
  readonly source: string;
  readonly message: string;
}
