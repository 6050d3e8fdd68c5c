import type { VariantPlan } from '../../stack/plan-environment';
import type { FargatePlan } from '../../synthesis/fargate-plan';
import { CouldNotLook, see } from '../could-not-look';
import type { KubernetesApi } from '../kubernetes/kubernetes-api';
import type { Aws } from './aws/aws-cli';
import { readDeployedStacks } from './aws/deployed-stacks';
import { findCluster, lookAtProfiles, lookAtServiceAccounts, lookAtSubnets } from './aws/look-at-aws';
import { Judged, type CheckResult } from '../cluster/check';
import { clusterCheck, mostVcpus, quotaCheck, stackCheck } from './checks/operations';
import { profileChecks, routesCheck } from './checks/profile';
import { roleChecks, serviceAccountCheck } from './checks/role';
import { apiServerOf, UnusableKubeconfig, type ApiServer, type OpenCluster } from './connect';
import { detailsOf } from './details';
import { judgeCluster, waitForRollout } from '../cluster/judge-kubernetes';
import type { ClusterReport } from './report';
import type { Deadline } from '../cluster/until';

/** Time between two looks of --watch, in milliseconds. */
const watchIntervalMs = 10_000;
/** `Fargate On-Demand vCPU resource count`, as `aws service-quotas list-service-quotas` names it. */
const vcpuQuota = { 'service-code': 'fargate', 'quota-code': 'L-3032A538' };

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

/** Waits for the rollout on one cluster, and makes every check. What cannot be looked at is told, and no error. */
export async function verifyCluster(plan: FargatePlan, props: VerifyClusterProps): Promise<ClusterReport> {
  const { deadline, watch, open, aws, region } = props;
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
  const look = async (): Promise<ClusterReport> => judgeAll(plan, props, await reach());
  const obstacle = ({ checks }: ClusterReport): string | undefined => {
    if (!watch || problem instanceof UnusableKubeconfig) {
      return undefined;
    }
    const rest = checks.filter(({ status }) => status === 'broken' || status === 'unknown');
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

async function judgeAll(
  plan: FargatePlan,
  { environment, aws }: VerifyClusterProps,
  api: KubernetesApi,
): Promise<ClusterReport> {
  const { clusterName } = plan;
  const deployed = await readDeployedStacks(aws, environment.stackNames);
  const [profiles, accounts, cluster, quota] = await Promise.all([
    lookAtProfiles(aws, plan, deployed),
    lookAtServiceAccounts(aws, api, plan, deployed),
    see(() => findCluster(aws, clusterName)),
    see(() =>
      aws<{ readonly Quota: { readonly Value: number } }>('service-quotas get-service-quota', vcpuQuota),
    ),
  ]);
  const subnets = await see(() => lookAtSubnets(aws, profiles));
  const subject = { label: clusterName };
  const judged = new Judged();
  judged.make(1, () => [...profiles.map(({ role }) => role), ...accounts], roleChecks);
  judged.make(1, () => accounts, [serviceAccountCheck]);
  judged.make(2, () => profiles, profileChecks);
  judged.make(2, subnets, [routesCheck]);
  judged.make(6, () => deployed.stacks.map((stack) => ({ label: stack.StackName, stack })), [stackCheck]);
  judged.make(6, () => [subject], [
    clusterCheck(plan, cluster),
    quotaCheck(mostVcpus(environment.clusters), () => quota().Quota.Value),
  ]);
  const pods = await judgeCluster(judged, plan, api);
  const checks: readonly CheckResult[] = judged.results.toSorted((a, b) => a.step - b.step);
  return { cluster: clusterName, checks, details: detailsOf(profiles, accounts, pods) };
}
