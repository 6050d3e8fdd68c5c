import type { IConstruct } from 'constructs';
import { FargateOnlyCluster } from '../constructs/cluster/fargate-only-cluster';
import type { FargatePlan } from '../synthesis/fargate-plan';

/** The plan of every cluster of an app, whichever stack or stage makes it. */
export function clusterPlans(app: IConstruct): readonly FargatePlan[] {
  return app.node
    .findAll()
    .filter((construct) => construct instanceof FargateOnlyCluster)
    .map(({ plan }) => plan);
}
