/** How claims get their volumes: on Fargate they must be there already. */
import { readable, type KubeObject } from '../manifest/kube-object';
import { isKind, type Facts, type Problem, type Rule } from './rule';
import { podConfigurationPage } from './sources';
import { className, efsDriver, Storage, volumeName, type Claim } from './storage';

/** Storage classes that EKS, its add-ons and its examples name after EBS volume types. */
const ebsClasses = new Set(['gp2', 'gp3', 'io1', 'io2', 'sc1', 'st1', 'ebs-sc']);

/** What is wrong with how a claim gets its volume; nothing when it is static EFS, or cannot be seen from here. */
function judgeClaim(
  claim: Claim,
  classes: ReadonlyMap<string, KubeObject>,
  storage: Storage,
): string | undefined {
  const volume = volumeName(claim);
  if (volume !== '') {
    return claim.count === 1
      ? undefined
      : `volumeName ${readable(volume)} with ${claim.count} replicas: each has a claim of its own, and a PersistentVolume is bound to one claim only`;
  }
  const name = className(claim);
  if (name === undefined || name === '' || storage.bind(claim)) {
    return undefined;
  }
  const provisioner = classes.get(name)?.root.get('provisioner').text();
  if (provisioner === efsDriver) {
    const mode = classes.get(name)?.root.get('parameters').get('provisioningMode').text();
    return mode === undefined
      ? undefined
      : `storage class ${readable(name)} provisions EFS access points dynamically, which Fargate does not support`;
  }
  if (provisioner === 'kubernetes.io/no-provisioner') {
    return undefined;
  }
  if (provisioner !== undefined) {
    return `storage class ${readable(name)} provisions through ${readable(provisioner)}, whose volumes Fargate cannot mount`;
  }
  return ebsClasses.has(name)
    ? `storage class ${readable(name)} stands for EBS volumes, which Fargate cannot mount`
    : undefined;
}

function storageClasses({ objects }: Facts): ReadonlyMap<string, KubeObject> {
  return new Map(
    objects
      .filter((object) => isKind(object, 'storage.k8s.io', 'StorageClass'))
      .map((object) => [object.name, object]),
  );
}

/** Claims without a class and without a volume: they get the cluster's default class, or a volume by luck. */
function isUnclassed(claim: Claim): boolean {
  return className(claim) === undefined && volumeName(claim) === '';
}

function problem(
  { object, prefix, advice }: Claim,
  wrong: string,
): Problem & { readonly object: KubeObject } {
  return { object, text: `${prefix}${wrong}`, fix: advice };
}

export const volumeClaimRules: readonly Rule[] = [
  {
    id: 'volume-claim',
    severity: 'error',
    why: 'A claim that waits for a dynamically provisioned volume, or is bound to an EBS volume, keeps the pod Pending.',
    source: podConfigurationPage,
    judges: 'together',
    check: (facts) => {
      const classes = storageClasses(facts);
      const storage = new Storage(facts);
      return storage.claims.flatMap((claim) => {
        const wrong = judgeClaim(claim, classes, storage);
        return wrong === undefined ? [] : [problem(claim, wrong)];
      });
    },
  },
  {
    id: 'volume-claim-class',
    severity: 'warning',
    why: 'A claim without a storage class gets the cluster’s default class, which on EKS is EBS (gp2) or none.',
    source: podConfigurationPage,
    judges: 'together',
    check: (facts) => {
      const storage = new Storage(facts);
      return storage.claims
        .filter((claim) => isUnclassed(claim) && storage.unreserved(claim) > 0)
        .map((claim) =>
          problem(
            claim,
            'no storageClassName and no volumeName: the default class of an EKS cluster stands for EBS volumes, which Fargate cannot mount',
          ),
        );
    },
  },
];
