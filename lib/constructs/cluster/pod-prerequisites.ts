import { type Construct, DependencyGroup, type IDependable } from 'constructs';

/**
 * What must be in place before a pod starts.
 *
 * Fargate looks at a pod when it is created: without a profile it stays Pending, and the log router reads its
 * configuration at the start. So profiles and logging come first, then the pods that every other pod needs (CoreDNS),
 * then all others.
 */
export class PodPrerequisites {
  private readonly platform = new DependencyGroup();
  private readonly all = new DependencyGroup(this.platform);

  /** Makes every pod wait for something that is not a pod. */
  add(dependable: IDependable): void {
    this.platform.add(dependable);
  }

  /** Makes every other pod wait for the pods of a construct, which wait for what is not a pod. */
  addPods(pods: Construct): void {
    pods.node.addDependency(this.platform);
    this.all.add(pods);
  }

  /** Makes the pods of a construct wait for all of it. */
  precede(pods: Construct): void {
    pods.node.addDependency(this.all);
  }
}
