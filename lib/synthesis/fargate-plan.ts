import type { IConstruct } from 'constructs';
import { checkManifests, type CheckResult } from '../fargate/check-manifests';
import type { Finding } from '../fargate/finding';
import { formatCount } from '../fargate/manifest/autoscaler';
import { formatCapacity } from '../fargate/sizing/pod-size';
import type { FargateProfile } from '../fargate/sizing/profile';

/** A plain Kubernetes object. */
export type Manifest = Readonly<Record<string, unknown>>;

/**
 * All that one cluster will run: its Fargate profiles, and every object applied to it with the construct that
 * applies it. The engine sees the whole, so that two constructs that own the same object, or two disruption
 * budgets on one pod, are found across charts.
 */
export class FargatePlan {
  private readonly owners: IConstruct[] = [];
  private readonly objects: Manifest[] = [];
  private readonly ownedProfiles: FargateProfile[] = [];
  private checked: CheckResult | undefined;

  constructor(
    /** Kubernetes minor version of the cluster. */
    readonly kubernetesVersion: string,
  ) {}

  /** Every Fargate profile of the cluster. */
  get profiles(): readonly FargateProfile[] {
    return this.ownedProfiles;
  }

  /** Adds a Fargate profile. */
  addProfile(profile: FargateProfile): void {
    this.ownedProfiles.push(profile);
    this.checked = undefined;
  }

  /** Adds the objects that a construct applies. */
  addObjects(owner: IConstruct, objects: readonly Manifest[]): void {
    this.owners.push(...objects.map(() => owner));
    this.objects.push(...objects);
    this.checked = undefined;
  }

  /** What the engine says of all objects: pods, their profile and size, and the findings. */
  check(): CheckResult {
    this.checked ??= checkManifests(this.objects, {
      profiles: this.ownedProfiles,
      kubernetesVersion: this.kubernetesVersion,
      origin: (index) => this.owners[index]!.node.path,
    });
    return this.checked;
  }

  /** What the engine has against the objects of one construct. */
  findingsOf(owner: IConstruct): Finding[] {
    return this.check().findings.filter(({ index }) => this.owners[index] === owner);
  }

  /** One line for each workload: replicas, size and profile. */
  summary(): string[] {
    return this.check().pods.map(
      ({ object, count, size, profile }) =>
        `${object}: ${count ? formatCount(count) : 'any number'} x ${size ? formatCapacity(size) : 'no size'}, ${profile ? `profile ${profile}` : 'no profile'}`,
    );
  }
}
