import type { ObservedCondition, ObservedDeployment } from './observed';
import { conditionsOf } from './rollout';

/**
 * Why a Deployment makes no pods, or gets no further, one fact a line: its conditions that say so. Where Kubernetes
 * refuses the pods there is no pod to look at, and nothing else tells.
 */
export function deploymentEvidence(deployment: ObservedDeployment): readonly string[] {
  return conditionsOf(deployment)
    .filter(isInTheWay)
    .map(({ type, status, reason, message }) =>
      [`Deployment ${deployment.name}: ${type}=${status} ${reason}`, message].filter(Boolean).join(': '),
    );
}

/** Conditions and reasons of kubernetes/pkg/controller/deployment/util/deployment_util.go. */
function isInTheWay({ type, status, reason }: ObservedCondition): boolean {
  return (
    (type === 'ReplicaFailure' && status === 'True') ||
    // Unknown where it is paused, and also after it goes on again.
    (type === 'Progressing' && (status === 'False' || reason === 'DeploymentPaused'))
  );
}
