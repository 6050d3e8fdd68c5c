/** HorizontalPodAutoscalers: of what they scale, they decide how many pods run. */
import type { KubeObject } from './kube-object';

/** How many pods run at a time: equal ends for a fixed number. */
export interface PodCount {
  readonly min: number;
  readonly max: number;
}

/** `3`, or `2-10` for a range. */
export function formatCount({ min, max }: PodCount): string {
  return min === max ? String(min) : `${min}-${max}`;
}

/** The ranges of the autoscalers among the objects, by what each of them scales. */
export class Autoscalers {
  private readonly ranges: ReadonlyMap<string, PodCount>;

  constructor(objects: readonly KubeObject[]) {
    this.ranges = new Map(
      objects
        .filter(({ group, kind }) => group === 'autoscaling' && kind === 'HorizontalPodAutoscaler')
        .map(({ namespace = '', root }) => {
          const spec = root.get('spec');
          const target = spec.get('scaleTargetRef');
          const min = Math.max(0, spec.get('minReplicas').integer() ?? 1);
          return [
            targetKey(namespace, target.get('kind').text() ?? '', target.get('name').text() ?? ''),
            { min, max: Math.max(min, spec.get('maxReplicas').integer() ?? min) },
          ];
        }),
    );
  }

  /** The range of the autoscaler that scales the object; undefined when none does. */
  rangeOf({ namespace = '', kind, name }: KubeObject): PodCount | undefined {
    return this.ranges.size === 0 ? undefined : this.ranges.get(targetKey(namespace, kind, name));
  }
}

function targetKey(namespace: string, kind: string, name: string): string {
  return JSON.stringify([namespace, kind, name]);
}
