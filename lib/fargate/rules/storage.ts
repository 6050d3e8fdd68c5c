/** The claims among the objects, and the volumes that are there for them. */
import type { Field } from '../manifest/field';
import { readable, type KubeObject } from '../manifest/kube-object';
import { isKind, type Facts } from './rule';

/** The CSI driver of the only volumes that Fargate mounts by a claim. */
export const efsDriver = 'efs.csi.aws.com';
const staticOnly = 'Fargate mounts statically provisioned EFS volumes only';

/** A claim, or the template of one for each replica. */
export interface Claim {
  readonly object: KubeObject;
  /** What stands before a text about it: `volumeClaimTemplate "data": `. */
  readonly prefix: string;
  readonly spec: Field;
  /** The claim as `namespace/name`; of a template, what the claims of all replicas begin with. */
  readonly name: string;
  /** First ordinal of a StatefulSet's replicas; undefined for a claim by itself. */
  readonly start: number | undefined;
  /** Claims there will be. */
  readonly count: number;
  /** How to give it a volume. */
  readonly advice: string;
}

function readClaims(object: KubeObject): readonly Claim[] {
  const spec = object.root.get('spec');
  if (isKind(object, '', 'PersistentVolumeClaim')) {
    return [
      {
        object,
        prefix: '',
        spec,
        name: `${object.namespace}/${object.name}`,
        start: undefined,
        count: 1,
        advice: `Make a PersistentVolume with the CSI driver ${efsDriver} and name it in volumeName: ${staticOnly}.`,
      },
    ];
  }
  if (!isKind(object, 'apps', 'StatefulSet')) {
    return [];
  }
  // Scaled to zero, it is judged by the first replica it would have.
  const count = Math.max(1, spec.get('replicas').integer() ?? 1);
  const start = spec.get('ordinals').get('start').integer() ?? 0;
  return spec
    .get('volumeClaimTemplates')
    .items()
    .map((template) => {
      const name = template.get('metadata').get('name').text() ?? '';
      const claims = `${name}-${object.name}`;
      return {
        object,
        prefix: `volumeClaimTemplate ${JSON.stringify(name)}: `,
        spec: template.get('spec'),
        name: `${object.namespace}/${claims}`,
        start,
        count,
        advice: `Make a PersistentVolume with the CSI driver ${efsDriver} for each ordinal, with a claimRef on its claim (namespace ${readable(object.namespace ?? '')}, name ${readable(`${claims}-${start}`)} and so on): ${staticOnly}.`,
      };
    });
}

/** Name of the volume that a claim asks for; empty for any. */
export function volumeName({ spec }: Claim): string {
  return spec.get('volumeName').text() ?? '';
}

/** Name of the storage class that a claim asks for; undefined for that of the cluster. */
export function className({ spec }: Claim): string | undefined {
  return spec.get('storageClassName').text();
}

/** The claims among the objects, and the volumes that are there for them before any is provisioned. */
export class Storage {
  readonly claims: readonly Claim[];
  /** Claims that a volume is reserved for, as `namespace/name`. */
  private readonly reserved = new Set<string>();
  /** The same for the ordinals of templates, by what comes before the ordinal. */
  private readonly ordinals = new Map<string, Set<number>>();
  /** How many volumes of each class wait for any claim. */
  private readonly free = new Map<string, number>();

  constructor({ objects }: Facts) {
    this.claims = objects.flatMap(readClaims);
    const named = new Set(this.claims.map(volumeName));
    for (const object of objects.filter((candidate) => isKind(candidate, '', 'PersistentVolume'))) {
      const spec = object.root.get('spec');
      const claimRef = spec.get('claimRef');
      if (claimRef.present) {
        this.reserve(`${claimRef.get('namespace').text() ?? 'default'}/${claimRef.get('name').text() ?? ''}`);
      } else if (!named.has(object.name)) {
        const ofClass = spec.get('storageClassName').text() ?? '';
        this.free.set(ofClass, (this.free.get(ofClass) ?? 0) + 1);
      }
    }
  }

  private reserve(claim: string): void {
    this.reserved.add(claim);
    const dash = claim.lastIndexOf('-');
    const template = claim.slice(0, dash);
    this.ordinals.set(
      template,
      (this.ordinals.get(template) ?? new Set()).add(Number(claim.slice(dash + 1))),
    );
  }

  /** How many of the claims have no volume reserved for them. */
  unreserved({ name, start, count }: Claim): number {
    if (start === undefined) {
      return this.reserved.has(name) ? 0 : 1;
    }
    const ordinals = [...(this.ordinals.get(name) ?? [])];
    return count - ordinals.filter((ordinal) => ordinal >= start && ordinal < start + count).length;
  }

  /**
   * Takes volumes for a claim, as Kubernetes does before it asks a provisioner. Only the class is compared: that a
   * volume is too small, or lacks an access mode, is not seen.
   *
   * @returns whether there were enough
   */
  bind(claim: Claim): boolean {
    const wanted = this.unreserved(claim);
    const ofClass = className(claim) ?? '';
    const free = this.free.get(ofClass) ?? 0;
    this.free.set(ofClass, Math.max(0, free - wanted));
    return wanted <= free;
  }
}
