import type { Api } from '../cluster/api';
import { fargateScheduler, noProfileGate } from './admission-policy';
import type { EventRecorder, PodEvent } from './event-recorder';
import type { FargateNodes } from './fargate-nodes';
import { podPath, type LivePod } from './live-pod';
import { unschedulableStatus } from './pod-status';
import { judgePod, type PodRules } from './pod-verdict';

const logging = '/api/v1/namespaces/aws-observability/configmaps/aws-logging';

/** Gives each pod a node of its own, or leaves it Pending and says why. */
export class FargateScheduler {
  constructor(
    private readonly api: Api,
    private readonly rules: PodRules,
    private readonly nodes: FargateNodes,
    private readonly events: EventRecorder,
  ) {}

  /** Looks at a pod that has no node. */
  async schedule(pod: LivePod): Promise<void> {
    const verdict = judgePod(pod, this.rules);
    if (!verdict.placed) {
      await this.leavePending(pod, verdict.scheduler, verdict.message);
      return;
    }
    const unbound = await this.unboundClaims(pod);
    if (unbound.length > 0) {
      const message = `Pod not supported on Fargate: volumes not supported: ${unbound.join(', ')}`;
      await this.leavePending(pod, fargateScheduler, message);
      return;
    }
    await this.place(pod, verdict.capacity);
  }

  private async place(pod: LivePod, capacity: string): Promise<void> {
    const isLogged = (await this.api.find(logging)) !== undefined;
    await this.api.patch(podPath(pod), {
      metadata: {
        annotations: {
          CapacityProvisioned: capacity,
          Logging: isLogged ? 'LoggingEnabled' : 'LoggingDisabled: LOGGING_CONFIGMAP_NOT_FOUND',
        },
      },
    });
    const node = await this.nodes.make(pod);
    const { namespace, name } = pod.metadata;
    await this.api.create(`${podPath(pod)}/binding`, {
      metadata: { namespace, name },
      target: { kind: 'Node', name: node },
    });
    await this.events.say(pod, loggingEvent(isLogged));
    await this.events.say(pod, {
      type: 'Normal',
      reason: 'Scheduled',
      message: `Successfully assigned ${namespace}/${name} to ${node}`,
      component: fargateScheduler,
    });
  }

  private async leavePending(pod: LivePod, component: string, message: string): Promise<void> {
    const isNew = await this.events.say(pod, {
      type: 'Warning',
      reason: 'FailedScheduling',
      message,
      component,
    });
    // With a gate, a pod has a condition of its own, which the API server guards.
    const isGated = (pod.spec.schedulingGates ?? []).some(({ name }) => name === noProfileGate);
    if (isNew && !isGated) {
      await this.api.patch(`${podPath(pod)}/status`, { status: unschedulableStatus(message) }, 'strategic');
    }
  }

  /** The scheduler's words about claims that have no volume: https://github.com/aws/aws-cdk/issues/23375 */
  private async unboundClaims({
    metadata: { namespace },
    spec: { volumes = [] },
  }: LivePod): Promise<readonly string[]> {
    const unbound: string[] = [];
    for (const { name, persistentVolumeClaim: claim } of volumes) {
      if (claim !== undefined) {
        const found = await this.api.find<{ readonly status: { readonly phase: string } }>(
          `/api/v1/namespaces/${namespace}/persistentvolumeclaims/${claim.claimName}`,
        );
        if (found?.status.phase !== 'Bound') {
          unbound.push(`${name} not supported because: PVC ${claim.claimName} not bound`);
        }
      }
    }
    return unbound;
  }
}

/** https://github.com/aws-samples/eks-workshop-v2/issues/673 */
function loggingEvent(isLogged: boolean): PodEvent {
  return isLogged
    ? {
        type: 'Normal',
        reason: 'LoggingEnabled',
        message: 'Successfully enabled logging for pod',
        component: fargateScheduler,
      }
    : {
        type: 'Warning',
        reason: 'LoggingDisabled',
        message:
          'Disabled logging because aws-logging configmap was not found. configmap "aws-logging" not found',
        component: fargateScheduler,
      };
}
