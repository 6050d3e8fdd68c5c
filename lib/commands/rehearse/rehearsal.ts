import { setTimeout } from 'node:timers/promises';
import type { FargatePlan } from '../../synthesis/fargate-plan';
import type { Progress } from '../terminal';
import type { CheckResult } from '../cluster/check';
import { judgeKubernetes } from '../cluster/judge-kubernetes';
import type { Api } from './cluster/api';
import type { Deployed, Deployment } from './deployment';
import type { FargatePlayer } from './fargate-player/fargate-player';
import { StepFailure } from './step-failure';

/** One step: what is deployed over the step before. */
export interface Step {
  /** The variant, or another name. */
  readonly name: string;
  readonly plan: FargatePlan;
}

/** How long a step waits for its pods, in milliseconds. */
export interface Patience {
  /** Without any change for so long, waiting is no use. */
  readonly stillMs: number;
  /** At most. */
  readonly mostMs: number;
}

export const usualPatience: Patience = { stillMs: 15_000, mostMs: 180_000 };

/** Time between two looks, in milliseconds. */
const intervalMs = 500;

export interface RehearsalProps {
  readonly api: Api;
  readonly deployment: Deployment;
  readonly player: FargatePlayer;
  /** @default usualPatience */
  readonly patience?: Patience;
  readonly signal?: AbortSignal;
}

/** Ids of checks that need what nobody plays: the metrics of pods, and External Secrets. */
const notPlayed: ReadonlySet<string> = new Set(['autoscalers', 'external-secrets']);

/** The steps of a rehearsal, on a cluster on which somebody plays Fargate. */
export class Rehearsal {
  constructor(private readonly props: RehearsalProps) {}

  /**
   * Deploys a step, waits for its rollout, and judges it by the checks of `npm run verify`.
   *
   * @throws StepFailure if it does not hold.
   */
  async run({ plan }: Step, progress?: Progress): Promise<Deployed> {
    const deployed = await this.props.deployment.deploy(plan.objects, this.props.signal);
    await this.until(async () => {
      const results = await judgeKubernetes(plan, this.props.api);
      return [...unplaced(plan), ...results.filter(({ id }) => !notPlayed.has(id)).flatMap(describe)];
    }, progress);
    return deployed;
  }

  /**
   * Deletes all in reverse, until no pod and no node is left.
   *
   * @throws StepFailure if something stays.
   */
  async delete(progress?: Progress): Promise<Deployed> {
    const deployed = await this.props.deployment.destroy(this.props.signal);
    await this.until(
      async () =>
        (await this.props.player.nodes.list()).map(
          ({ metadata }) => `node ${metadata.name} stays, because its pod does`,
        ),
      progress,
    );
    return deployed;
  }

  /** Waits until nothing is wrong any more, as long as something changes. */
  private async until(problems: () => Promise<readonly string[]>, progress?: Progress): Promise<void> {
    const { player, signal, patience = usualPatience } = this.props;
    const start = performance.now();
    let last = '';
    let changed = start;
    for (;;) {
      const found = await problems();
      const now = performance.now();
      if (found.length === 0) {
        return;
      }
      if (found.join('\n') !== last) {
        last = found.join('\n');
        changed = now;
      }
      if (now - changed > patience.stillMs || now - start > patience.mostMs) {
        throw new StepFailure(found);
      }
      player.check();
      progress?.show(`waiting: ${found[0]}`, `${Math.round((now - start) / 1_000)} s`);
      await setTimeout(intervalMs, undefined, { signal });
    }
  }
}

/** The pods that no profile selects: they stay Pending, and verify does not follow them. */
function unplaced(plan: FargatePlan): readonly string[] {
  return plan
    .check()
    .findings.filter(({ rule }) => rule === 'no-profile')
    .map(({ message }) => message);
}

/** What a check holds against its subjects, a line each. */
function describe({ title, subjects }: CheckResult): readonly string[] {
  return subjects
    .filter(({ status }) => status !== 'held' && status !== 'noted')
    .flatMap(({ subject, expected, observed, evidence = [], usualCause }) => [
      `${subject}: ${title}: ${expected && `expected ${expected}, observed `}${observed}`,
      ...evidence.map((line) => `   ${line}`),
      ...(usualCause === undefined ? [] : [`   usual cause: ${usualCause}`]),
    ]);
}
