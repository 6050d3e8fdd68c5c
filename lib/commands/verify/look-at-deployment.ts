import type { VariantPlan } from '../../stack/plan-environment';
import type { FargatePlan } from '../../synthesis/fargate-plan';
import type { Check } from '../cluster/check';
import { kubernetesChecks } from '../cluster/judge-kubernetes';
import { lookAtCluster, type ClusterView } from '../cluster/look-at-cluster';
import { see, type Seen } from '../could-not-look';
import type { KubernetesApi } from '../kubernetes/kubernetes-api';
import type { Aws } from './aws-cli';
import { readDeployedStacks, type DeployedStacks } from './deployed-stacks';
import { findCluster, type ClusterState } from './eks-cluster';
import { operationsChecks } from './operations';
import { lookAtProfiles, profileChecks, type ProfileSubject } from './profiles';
import { lookAtRoles, roleChecks, serviceAccountCheck, type RoleSubject } from './roles';
import { lookAtSubnets, routesCheck, type SubnetSubject } from './subnets';

/** A cluster of an environment as it was seen at one look, in AWS and on its API server. */
export interface DeploymentView extends ClusterView {
  /** All that is deployed, of which this cluster is a part. */
  readonly environment: VariantPlan;
  readonly deployed: DeployedStacks;
  readonly profiles: readonly ProfileSubject[];
  readonly roles: readonly RoleSubject[];
  readonly subnets: Seen<readonly SubnetSubject[]>;
  readonly cluster: Seen<ClusterState | undefined>;
  /** vCPUs that Fargate may run at a time in this account and region. */
  readonly quota: Seen<number>;
}

/** `Fargate On-Demand vCPU resource count`, as `aws service-quotas list-service-quotas` names it. */
const vcpuQuota = { 'service-code': 'fargate', 'quota-code': 'L-3032A538' };

/** Looks at a deployment once. */
export async function lookAtDeployment(
  environment: VariantPlan,
  plan: FargatePlan,
  aws: Aws,
  api: KubernetesApi,
): Promise<DeploymentView> {
  const deployed = await readDeployedStacks(aws, environment.stackNames);
  const [profiles, roles, cluster, quota, view] = await Promise.all([
    lookAtProfiles(aws, plan),
    lookAtRoles(aws, api, plan, deployed),
    see(() => findCluster(aws, plan.clusterName)),
    see(async () => {
      type Answer = { readonly Quota: { readonly Value: number } };
      return (await aws<Answer>('service-quotas get-service-quota', vcpuQuota)).Quota.Value;
    }),
    lookAtCluster(plan, api),
  ]);
  const subnets = await see(() => lookAtSubnets(aws, profiles));
  return { ...view, environment, deployed, profiles, roles, subnets, cluster, quota };
}

/** Every check, in the order in which they are made. */
export const checks: readonly Check<DeploymentView>[] = [
  ...roleChecks,
  serviceAccountCheck,
  ...profileChecks,
  routesCheck,
  ...operationsChecks,
  ...kubernetesChecks,
];
