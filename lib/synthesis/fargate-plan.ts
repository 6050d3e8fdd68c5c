import { Stack } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { checkManifests, type CheckResult } from '../fargate/check-manifests';
import type { Finding } from '../fargate/finding';
import { groupValues } from '../fargate/group-values';
import { formatCount } from '../fargate/manifest/autoscaler';
import type { Manifest } from '../fargate/manifest/manifest';
import { formatCapacity } from '../fargate/sizing/pod-size';
import type { FargateProfile } from '../fargate/sizing/profile';
import { inDeployOrder } from './deploy-order';
import { planProfile, type PlannedProfile, type ProfileResources } from './planned-profile';
import { planRole, type PlannedServiceAccount } from './planned-role';
import { reportFindings } from './report-findings';

/** Objects that reach the cluster together. */
export interface PlannedObjects {
  /** Path of the construct that applies them. */
  readonly path: string;
  /** Name of the stack of that construct. */
  readonly stackName: string;
  /** The objects, without the prune label. */
  readonly objects: readonly Manifest[];
  /**
   * Who applies them: `stack`, with kubectl; `git`, as Argo CD does from what `npm run manifests` writes; `eks`, as an add-on,
   * and `helm`, as a chart, of which only the pods are known.
   */
  readonly appliedBy: 'stack' | 'git' | 'eks' | 'helm';
  /**
   * Label by which `kubectl apply --prune` finds what left the chart.
   *
   * @default - nothing is pruned
   */
  readonly pruneLabel?: string;
  /**
   * Whether they stay when their construct leaves the stack. With the cluster they go all the same.
   *
   * @default false
   */
  readonly retained?: boolean;
}

/** What a construct hands to {@link FargatePlan.addObjects}. */
export type ObjectsToPlan = Pick<PlannedObjects, 'objects' | 'appliedBy' | 'pruneLabel' | 'retained'>;

interface OwnedObjects extends PlannedObjects {
  readonly owner: IConstruct;
}

/** What the engine says of all objects. */
interface Judged {
  readonly result: CheckResult;
  /** What it has against the objects of each construct. */
  readonly findings: ReadonlyMap<IConstruct, readonly Finding[]>;
}

/**
 * All that one cluster will run: its Fargate profiles, and every object that reaches it, with the construct that
 * applies it. The engine sees the whole, so it finds what spans charts and stacks: two constructs that own the same
 * object, or two disruption budgets on one pod.
 */
export class FargatePlan {
  private readonly owned: OwnedObjects[] = [];
  private readonly plannedProfiles: PlannedProfile[] = [];
  private readonly plannedAccounts: PlannedServiceAccount[] = [];
  private judged: Judged | undefined;

  constructor(
    /** Name of the cluster. */
    readonly clusterName: string,
    /** Kubernetes minor version of the cluster, for example `1.36`. */
    readonly kubernetesVersion: string,
    /** Whether pods have a way to the internet. */
    readonly internet = true,
  ) {}

  /** Every Fargate profile of the cluster, in the order in which EKS makes them. */
  get profiles(): readonly PlannedProfile[] {
    return this.plannedProfiles;
  }

  /** Every ServiceAccount whose pods act as an IAM role. */
  get serviceAccounts(): readonly PlannedServiceAccount[] {
    return this.plannedAccounts;
  }

  /** All objects, in the order in which they reach the cluster. */
  get objects(): readonly PlannedObjects[] {
    return inDeployOrder(this.owned);
  }

  /** The objects of a namespace, in the same order. */
  objectsIn(namespace: string): readonly Manifest[] {
    return this.objects
      .flatMap(({ objects }) => objects)
      .filter(({ metadata }) => metadata?.namespace === namespace);
  }

  /** Adds a Fargate profile. */
  addProfile(profile: FargateProfile, resources: ProfileResources): void {
    this.plannedProfiles.push(planProfile(profile, resources));
    this.judged = undefined;
  }

  /** Adds the role of a ServiceAccount. */
  addServiceAccount(account: Pick<PlannedServiceAccount, 'namespace' | 'name'>, role: Role): void {
    this.plannedAccounts.push({ ...account, role: planRole(role) });
  }

  /** Adds objects of a construct, of which the synthesis then reports what the engine has against them. */
  addObjects(owner: IConstruct, planned: ObjectsToPlan): void {
    if (!this.owned.some((one) => one.owner === owner)) {
      reportFindings(owner, () => this.judge().findings.get(owner) ?? []);
    }
    this.owned.push({ ...planned, owner, path: owner.node.path, stackName: Stack.of(owner).stackName });
    this.judged = undefined;
  }

  /** The same cluster without what EKS applies to it. */
  withoutAddOns(): FargatePlan {
    const plan = new FargatePlan(this.clusterName, this.kubernetesVersion, this.internet);
    plan.plannedProfiles.push(...this.plannedProfiles);
    plan.plannedAccounts.push(...this.plannedAccounts);
    plan.owned.push(...this.owned.filter(({ appliedBy }) => appliedBy !== 'eks'));
    return plan;
  }

  /** What the engine says of all objects: pods, their profile and size, and the findings. */
  check(): CheckResult {
    return this.judge().result;
  }

  /** One line for each workload: replicas, size and profile. */
  summary(): readonly string[] {
    return this.check().pods.map(
      ({ object, count, size, profile }) =>
        `${object}: ${count ? formatCount(count) : 'any number'} x ${size ? formatCapacity(size) : 'no size'}, ${profile ? `profile ${profile}` : 'no profile'}`,
    );
  }

  /** Asks the engine once, until something is added. */
  private judge(): Judged {
    if (this.judged === undefined) {
      const planned = this.owned.flatMap((one) => one.objects.map(() => one));
      const result = checkManifests(
        this.owned.flatMap(({ objects }) => objects),
        {
          profiles: this.plannedProfiles,
          kubernetesVersion: this.kubernetesVersion,
          internet: this.internet,
          appliedFromGit: (index) => planned[index]?.appliedBy === 'git',
          origin: (index) => planned[index]!.path,
        },
      );
      const findings = groupValues(
        result.findings.flatMap((finding) =>
          finding.index === undefined ? [] : [[planned[finding.index]!.owner, finding] as const],
        ),
      );
      this.judged = { result, findings };
    }
    return this.judged;
  }
}
