import { exitStatus, type Command, type ExitStatus } from '../command';
import { untilInterrupted } from '../interruption';
import { planOf } from '../settings-options';
import { assetsVariable } from './cluster/programs';
import type * as RehearsalCluster from './cluster/rehearsal-cluster';
import { rehearseOptions } from './options';
import { Report } from './report';
import type * as RehearseWalk from './rehearse-walk';
import { walksOf } from './walk';

/** Region of nodes and logs where the environment names none. */
const anyRegion = 'us-west-2';

/** `npm run rehearse`. */
export const rehearse: Command<typeof rehearseOptions> = {
  name: 'rehearse',
  summary:
    'Walks through the variants of an environment on a local Kubernetes API server that plays Fargate: applies what the stacks apply, in their order and as the kubectl handler does, waits for each rollout, judges it by the Kubernetes checks of verify, and deletes all in reverse. Nothing of AWS is used.',
  options: rehearseOptions,
  notes: `Without --context, ${assetsVariable} names the folder of etcd, kube-apiserver and kube-controller-manager, with
which it starts a control plane on loopback for the time of the rehearsal (docs/rehearse.md).
It does not show: images are not run, probes not asked, and nothing of AWS is there.`,
  statuses: {
    0: 'every step holds',
    1: 'a step does not hold',
    2: 'wrong usage or settings, no cluster',
  },
  run: ({ values }, io) => {
    const plan = planOf(values);
    // Loads the CDK, which neither help nor a wrong command line needs.
    const { withCluster } = require('./cluster/rehearsal-cluster') as typeof RehearsalCluster;
    const { rehearseWalk } = require('./rehearse-walk') as typeof RehearseWalk;
    const report = new Report(io);
    const region = plan.environment.values.region ?? anyRegion;
    return untilInterrupted(async (signal): Promise<ExitStatus> => {
      const choice = {
        context: values.context,
        throwAway: values['throw-away'],
        env: io.env,
        signal,
      };
      for (const walk of walksOf(plan, values.variant)) {
        report.line(`cluster ${walk.clusterName} of environment ${plan.environment.name}`);
        const start = performance.now();
        const holds = await withCluster(choice, (cluster) => {
          report.done('start', start, cluster.title);
          return rehearseWalk(walk, cluster, { region, keep: values.keep, report, signal });
        });
        if (!holds) {
          return exitStatus.failed;
        }
      }
      report.line(
        'Not shown: images are not run, probes not asked, nothing of AWS is there; sizes are predictions (docs/rehearse.md).',
      );
      return exitStatus.held;
    });
  },
};
