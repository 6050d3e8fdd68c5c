import type { VariantPlan } from '../../stack/plan-environment';
import type { FargatePlan } from '../../synthesis/fargate-plan';
import { judgeAll } from '../cluster/check';
import type { Deadline } from '../cluster/until';
import { waitForRollout } from '../cluster/wait-for-rollout';
import { CouldNotLook } from '../could-not-look';
import type { KubernetesApi } from '../kubernetes/kubernetes-api';
import type { Aws } from './aws-cli';
import { UnusableKubeconfig, type OpenCluster } from './connect';
import { detailsOf } from './details';
import { apiServerOf, findCluster, type ApiServer } from './eks-cluster';
import { checks, lookAtDeployment } from './look-at-deployment';
import type { ClusterReport } from './report';

/** Time between two looks of --watch, in milliseconds. */
const watchIntervalMs = 10_000;

export interface VerifyClusterProps {
  /** All that the environment deploys: its stacks, and what the account must have room for. */
  readonly environment: VariantPlan;
  readonly aws: Aws;
  readonly region: string;
  readonly open: (server: ApiServer) => Promise<OpenCluster>;
  readonly deadline: Deadline;
  /** Whether to wait until every check holds. */
  readonly watch: boolean;
}

/** Waits for the rollout on one cluster, and makes every check. A cluster that cannot be looked at is no error. */
export async function verifyCluster(plan: FargatePlan, props: VerifyClusterProps): Promise<ClusterReport> {
  const { environment, deadline, watch, open, aws, region } = props;
  let opened: OpenCluster | undefined;
  let problem: CouldNotLook | undefined;
  const reach = async (): Promise<KubernetesApi> => {
    try {
      if (opened === undefined) {
        opened = await open(apiServerOf(await findCluster(aws, plan.clusterName), plan.clusterName, region));
        await waitForRollout(plan, opened, deadline);
      }
      problem = undefined;
      return opened;
    } catch (error) {
      if (!(error instanceof CouldNotLook)) {
        throw error;
      }
      problem = error;
      await opened?.stop();
      opened = undefined;
      return unreachable;
    }
  };
  const look = async (): Promise<ClusterReport> => {
    const view = await lookAtDeployment(environment, plan, aws, await reach());
    return { cluster: plan.clusterName, checks: judgeAll(view, checks), details: detailsOf(view) };
  };
  const obstacle = (report: ClusterReport): string | undefined => {
    if (!watch || problem instanceof UnusableKubeconfig) {
      return undefined;
    }
    const rest = report.checks.filter(({ status }) => status === 'broken' || status === 'unknown');
    return problem
      ? `the cluster: ${problem.message}`
      : rest.map(({ title }) => title).join(', ') || undefined;
  };
  try {
    const report = await deadline.until(look, obstacle, watchIntervalMs);
    return { ...report, ...(problem && { problem: problem.message }) };
  } finally {
    await opened?.stop();
  }
}

const unreachable: KubernetesApi = {
  get: async () => {
    throw new CouldNotLook('could not look at the cluster', 'The last line says why');
  },
};
