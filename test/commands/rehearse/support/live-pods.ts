import type { PodSpec } from 'kubernetes-types/core/v1';
import type { LivePod } from '../../../../lib/commands/rehearse/fargate-player/live-pod';

/** A pod as the API server has it once it was admitted to a profile. */
export function admittedPod(
  spec: Partial<PodSpec> = {},
  {
    profile = 'web',
    labels = {},
  }: { readonly profile?: string; readonly labels?: Readonly<Record<string, string>> } = {},
): LivePod {
  return {
    metadata: {
      namespace: 'shop',
      name: 'web-1',
      uid: '1',
      labels: { 'eks.amazonaws.com/fargate-profile': profile, ...labels },
    },
    spec: { schedulerName: 'fargate-scheduler', containers: [{ name: 'web', image: 'web:1' }], ...spec },
  };
}
