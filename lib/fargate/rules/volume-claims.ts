/** How claims get their volumes: on Fargate they must be there already, since nothing provisions them. */
import { isUnresolved, type Field } from '../manifest/field';
import { readable, type KubeObject } from '../manifest/kube-object';
import { isKind, type Facts, type Problem, type Rule } from './rule';
import { fargatePage } from './sources';
import { efsDriver } from './volumes';

/** Storage classes that EKS, its add-ons and its examples name after EBS volume types. */
const ebsClasses = new Set(['gp2', 'gp3', 'io1', 'io2', 'sc1', 'st1', 'ebs-sc']);

/** A claim, or the template of one for each replica. */
interface Claim {
  readonly object: KubeObject;
  /** What stands before a text about it: `volumeClaimTemplate "data" `. */
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
        advice: 'Create an EFS PersistentVolume, and name it in volumeName.',
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
        prefix: `volumeClaimTemplate ${JSON.stringify(name)} `,
        spec: template.get('spec'),
        name: `${object.namespace}/${claims}`,
        start,
        count,
        advice: `Create an EFS PersistentVolume for each replica, with claimRef ${readable(`${object.namespace}/${claims}-${start}`)} and so on.`,
      };
    });
}

/** Name of the volume that a claim asks for; empty for any. */
function volumeName({ spec }: Claim): string {
  return spec.get('volumeName').text() ?? '';
}

/** The claims among the objects, and the volumes that are there for them before any is provisioned. */
class Storage {
  readonly claims: readonly Claim[];
  private readonly classes: ReadonlyMap<string, KubeObject>;
  private readonly defaultClass: string | undefined;
  /** Claims that a volume is reserved for, as `namespace/name`. */
  private readonly reserved = new Set<string>();
  /** The same for the ordinals of templates, by what comes before the ordinal. */
  private readonly ordinals = new Map<string, Set<number>>();
  /** How many volumes of each class wait for any claim. */
  private readonly free = new Map<string, number>();

  constructor({ objects }: Facts) {
    this.claims = objects.flatMap(readClaims);
    const classes = objects.filter((object) => isKind(object, 'storage.k8s.io', 'StorageClass'));
    this.classes = new Map(classes.map((object) => [object.name, object]));
    this.defaultClass = classes.find(isDefaultClass)?.name;
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

  /** Name of the class that a claim asks for; undefined for that of the cluster, when it is not among the objects. */
  className({ spec }: Claim): string | undefined {
    return spec.get('storageClassName').text() ?? this.defaultClass;
  }

  /** Where the volumes of a class come from; undefined for a class that is not among the objects. */
  classOf(name: string): Field | undefined {
    return this.classes.get(name)?.root;
  }

  /** How many of the claims have no volume reserved for them. */
  private unreserved({ name, start, count }: Claim): number {
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
    const ofClass = this.className(claim) ?? '';
    const free = this.free.get(ofClass) ?? 0;
    this.free.set(ofClass, Math.max(0, free - wanted));
    return wanted <= free;
  }
}

function isDefaultClass({ root }: KubeObject): boolean {
  const annotations = root.get('metadata').get('annotations').strings();
  return annotations['storageclass.kubernetes.io/is-default-class'] === 'true';
}

/** What is wrong with a claim, and whether it is certain that it stays Pending. */
interface Verdict {
  readonly claim: Claim;
  readonly text: string;
  readonly isCertain: boolean;
}

function judgeClaim(claim: Claim, storage: Storage): Verdict | undefined {
  const volume = volumeName(claim);
  if (volume !== '') {
    return claim.count === 1
      ? undefined
      : {
          claim,
          text: `names one volume (${readable(volume)}) for ${claim.count} replicas`,
          isCertain: true,
        };
  }
  if (storage.bind(claim)) {
    return undefined;
  }
  const name = storage.className(claim);
  if (name !== undefined && isUnresolved(name)) {
    return undefined;
  }
  const provisioned =
    name === undefined ? 'the default storage class provisions EBS' : provisioning(name, storage);
  return provisioned === undefined
    ? {
        claim,
        text: `stays Pending until there is a PersistentVolume ${name === '' ? 'without a class' : `of class ${readable(name!)}`} for it`,
        isCertain: false,
      }
    : { claim, text: `stays Pending: ${provisioned}, which Fargate cannot use`, isCertain: true };
}

/** How a class provisions, where it is certain that it does so in a way of no use; undefined otherwise. */
function provisioning(name: string, storage: Storage): string | undefined {
  const storageClass = storage.classOf(name);
  const provisioner = storageClass?.get('provisioner').text();
  if (storageClass === undefined || provisioner === undefined) {
    return ebsClasses.has(name) ? `storage class ${name} provisions EBS` : undefined;
  }
  if (provisioner === efsDriver) {
    return storageClass.get('parameters').get('provisioningMode').text() === undefined
      ? undefined
      : `storage class ${readable(name)} provisions EFS dynamically`;
  }
  return provisioner === 'kubernetes.io/no-provisioner'
    ? undefined
    : `storage class ${readable(name)} provisions by ${readable(provisioner)}`;
}

function judgeClaims(facts: Facts, certain: boolean): readonly (Problem & { readonly object: KubeObject })[] {
  const storage = new Storage(facts);
  return storage.claims
    .map((claim) => judgeClaim(claim, storage))
    .filter((verdict) => verdict?.isCertain === certain)
    .map((verdict) => ({
      object: verdict!.claim.object,
      text: `${verdict!.claim.prefix}${verdict!.text}`,
      fix: verdict!.claim.advice,
    }));
}

export const volumeClaimRules: readonly Rule[] = [
  {
    id: 'volume-claim',
    severity: 'error',
    why: 'Fargate nodes support no dynamic provisioning, and mount EFS only. A claim without a volume that is there already stays Pending, and its pod with it: the default storage class of an EKS cluster is EBS, or there is none.',
    source: fargatePage,
    judges: 'together',
    check: (facts) => judgeClaims(facts, true),
  },
  {
    id: 'volume-claim-class',
    severity: 'warning',
    why: 'Fargate nodes support no dynamic provisioning: a claim of any class is bound only to a volume that is there already, and none is among the objects. It may be elsewhere.',
    source: fargatePage,
    judges: 'together',
    check: (facts) => judgeClaims(facts, false),
  },
];
