import { once } from 'node:events';
import { UserError } from '../../user-error';
import type { RehearsalCluster } from './cluster/rehearsal-cluster';
import { Deployment } from './deployment';
import { FargatePlayer } from './fargate-player/fargate-player';
import { Rehearsal, type Patience } from './rehearsal';
import { countsText, podsText, type Report } from './report';
import { objectsOf, withoutAddOns, type Walk } from './walk';

export interface WalkOptions {
  readonly region: string;
  /** Whether to stay at the last step until the signal. */
  readonly keep: boolean;
  readonly report: Report;
  readonly patience?: Patience;
  readonly signal: AbortSignal;
}

/**
 * Walks through the steps on a cluster, and leaves it as it was.
 *
 * @returns whether every step holds.
 * @throws UserError if the cluster has objects of the walk already.
 */
export async function rehearseWalk(
  planned: Walk,
  { kubectl, api, isOwn, spared, version }: RehearsalCluster,
  { region, keep, report, patience, signal }: WalkOptions,
): Promise<boolean> {
  const walk = isOwn ? planned : withoutAddOns(planned);
  const [first] = walk.steps;
  if (first === undefined) {
    return true;
  }
  const deployment = new Deployment({ kubectl, region });
  const present = isOwn ? [] : await deployment.present(objectsOf(walk));
  if (present.length > 0) {
    throw new UserError([
      `the cluster has ${present.join(', ')} already, which the rehearsal would change and delete: delete them, or use a new throw-away cluster`,
    ]);
  }
  const { profiles, kubernetesVersion } = first.plan;
  if (!version.startsWith(`v${kubernetesVersion}.`)) {
    report.line(
      `  the plan is for Kubernetes ${kubernetesVersion}: what differs from that in ${version} is not shown`,
    );
  }
  const player = new FargatePlayer({
    api,
    profiles,
    kubernetesVersion,
    place: { region, kubelet: version },
    spared,
  });
  try {
    await player.start(signal);
    const rehearsal = new Rehearsal({ api, deployment, player, patience, signal });
    for (const step of walk.steps) {
      const holds = await report.step(
        step.name,
        (progress) => rehearsal.run(step, progress),
        (deployed) => `${countsText(deployed)}; ${podsText(step.plan)}`,
      );
      if (!holds) {
        return false;
      }
    }
    if (keep) {
      report.line(`Kept until Ctrl-C: ${[kubectl.file, ...kubectl.clusterArgs].join(' ')} get pods -A`);
      await once(signal, 'abort');
      return true;
    }
    return await report.step('deleted', (progress) => rehearsal.delete(progress), countsText);
  } finally {
    // Pods end only while somebody plays their kubelets.
    if (!isOwn) {
      await deployment.removeAll();
    }
    await player.stop();
    if (!isOwn) {
      await player.tidy();
    }
  }
}
