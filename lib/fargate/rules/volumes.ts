/** Which storage reaches a Fargate pod: ephemeral volumes, and statically provisioned EFS. */
import type { Field } from '../field';
import { readable, type KubeObject } from '../kube-object';
import { inContainer, isKind, type Facts, type Problem, type Rule } from './rule';
import { FARGATE, POD_CONFIGURATION } from './sources';

const SUPPORTED = new Set([
  'configMap',
  'downwardAPI',
  'emptyDir',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);
/** Types of which no page says that Fargate takes or refuses them. */
const UNVERIFIED = new Set(['image', 'nfs']);

const EFS = 'efs.csi.aws.com';
/** Storage classes that EKS, its add-ons and its examples name after EBS volume types. */
const EBS_CLASSES = new Set(['gp2', 'gp3', 'io1', 'io2', 'sc1', 'st1', 'ebs-sc']);

function volumeTypes(
  spec: Field,
): readonly { readonly volume: Field; readonly name: string; readonly type: string }[] {
  return spec
    .get('volumes')
    .items()
    .flatMap((volume) =>
      volume
        .entries()
        .filter(([key, { present }]) => key !== 'name' && present)
        .map(([type]) => ({ volume, name: readable(volume.get('name').text() ?? ''), type })),
    );
}

const STATIC_EFS =
  'Make a PersistentVolume with the CSI driver efs.csi.aws.com and name it in volumeName: Fargate mounts statically provisioned EFS volumes only';

/** A claim, or the template of one. */
interface Claim {
  readonly name: string;
  readonly namespace: string;
  readonly spec: Field;
}

/** What is wrong with how a claim gets its volume; nothing when it is static EFS, or cannot be seen from here. */
function judgeClaim({ spec }: Claim, classes: ReadonlyMap<string, KubeObject>): string | undefined {
  if ((spec.get('volumeName').text() ?? '') !== '') {
    return undefined;
  }
  const className = spec.get('storageClassName').text();
  if (className === undefined || className === '') {
    return undefined;
  }
  const provisioner = classes.get(className)?.root.get('provisioner').text();
  if (provisioner === EFS) {
    const mode = classes.get(className)?.root.get('parameters').get('provisioningMode').text();
    return mode === undefined
      ? undefined
      : `storage class ${readable(className)} provisions EFS access points dynamically, which Fargate does not support. ${STATIC_EFS}.`;
  }
  if (provisioner === 'kubernetes.io/no-provisioner') {
    return undefined;
  }
  if (provisioner !== undefined) {
    return `storage class ${readable(className)} provisions through ${readable(provisioner)}, whose volumes Fargate cannot mount. ${STATIC_EFS}.`;
  }
  return EBS_CLASSES.has(className)
    ? `storage class ${readable(className)} stands for EBS volumes, which Fargate cannot mount. ${STATIC_EFS}.`
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
function isUnclassed({ spec }: Claim): boolean {
  return spec.get('storageClassName').text() === undefined && (spec.get('volumeName').text() ?? '') === '';
}

function claims(object: KubeObject): readonly Claim[] {
  const namespace = object.namespace ?? '';
  if (isKind(object, '', 'PersistentVolumeClaim')) {
    return [{ name: '', namespace, spec: object.root.get('spec') }];
  }
  if (isKind(object, 'apps', 'StatefulSet')) {
    return object.root
      .get('spec')
      .get('volumeClaimTemplates')
      .items()
      .map((template) => ({
        name: `volumeClaimTemplate ${JSON.stringify(template.get('metadata').get('name').text() ?? '')}: `,
        namespace,
        spec: template.get('spec'),
      }));
  }
  return [];
}

function volumeDriver(spec: Field): { readonly type: string; readonly driver: string } | undefined {
  const csi = spec.get('csi');
  if (csi.present) {
    return { type: 'csi', driver: csi.get('driver').text() ?? '' };
  }
  const type = [
    'awsElasticBlockStore',
    'hostPath',
    'local',
    'iscsi',
    'fc',
    'rbd',
    'cephfs',
    'glusterfs',
  ].find((candidate) => spec.get(candidate).present);
  return type === undefined ? undefined : { type, driver: type };
}

export const volumeRules: readonly Rule[] = [
  {
    id: 'volume-type',
    severity: 'error',
    why: 'The scheduler refuses a pod with a volume of another type: there is no host directory, no block device and no CSI driver of one’s own on Fargate.',
    source: FARGATE,
    judges: 'pod',
    check: ({ spec }) =>
      volumeTypes(spec)
        .filter(({ type }) => !SUPPORTED.has(type) && !UNVERIFIED.has(type))
        .map(({ name, type, volume }) => ({
          text: `volume ${name} is of type ${readable(type)}, which is not supported on Fargate. Use emptyDir, configMap, secret, projected, downwardAPI, or a claim on an EFS volume, in ${volume.path}.`,
        })),
  },
  {
    id: 'volume-type-unverified',
    severity: 'warning',
    why: 'AWS does not say whether Fargate mounts volumes of type nfs or image (unverified): the documented way to shared files is a claim on an EFS volume.',
    source: POD_CONFIGURATION,
    judges: 'pod',
    check: ({ spec }) =>
      volumeTypes(spec)
        .filter(({ type }) => UNVERIFIED.has(type))
        .map(({ name, type, volume }) => ({
          text: `volume ${name} is of type ${type}, of which AWS does not say whether Fargate supports it (unverified). Try it on a cluster, or use a claim on an EFS volume in ${volume.path}.`,
        })),
  },
  {
    id: 'volume-device',
    severity: 'error',
    why: 'Fargate pods have no block devices.',
    source: FARGATE,
    judges: 'pod',
    check: ({ containers }) =>
      containers.flatMap((container) => {
        const devices = container.field.get('volumeDevices');
        return devices.items().length === 0
          ? []
          : [
              {
                container,
                text: `volumeDevices are not supported on Fargate, which has no block devices. Use volumeMounts instead of ${inContainer(container, devices)}.`,
              },
            ];
      }),
  },
  {
    id: 'volume-claim',
    severity: 'error',
    why: 'A claim that waits for a dynamically provisioned volume, or is bound to an EBS volume, keeps the pod Pending.',
    source: POD_CONFIGURATION,
    judges: 'together',
    check: (facts) => {
      const classes = storageClasses(facts);
      return facts.objects.flatMap((object) =>
        claims(object).flatMap((claim) => {
          const wrong = judgeClaim(claim, classes);
          return wrong === undefined ? [] : [{ object, text: `${claim.name}${wrong}` }];
        }),
      );
    },
  },
  {
    id: 'volume-claim-class',
    severity: 'warning',
    why: 'A claim without a storage class gets the cluster’s default class, which on EKS is EBS (gp2) or none.',
    source: POD_CONFIGURATION,
    judges: 'together',
    check: ({ objects }) => {
      const volumes = objects.filter((object) => isKind(object, '', 'PersistentVolume'));
      const reserved = new Set(
        volumes.map(({ root }) => {
          const claim = root.get('spec').get('claimRef');
          return `${claim.get('namespace').text() ?? 'default'}/${claim.get('name').text() ?? ''}`;
        }),
      );
      return objects.flatMap((object) =>
        claims(object)
          .filter((claim) => isUnclassed(claim) && !reserved.has(`${claim.namespace}/${object.name}`))
          .map((claim): Problem & { readonly object: KubeObject } => ({
            object,
            text: `${claim.name}no storageClassName and no volumeName: the default class of an EKS cluster stands for EBS volumes, which Fargate cannot mount. ${STATIC_EFS}.`,
          })),
      );
    },
  },
  {
    id: 'persistent-volume',
    severity: 'error',
    why: 'Of persistent volumes, Fargate mounts EFS only.',
    source: FARGATE,
    judges: 'object',
    check: (object) => {
      if (!isKind(object, '', 'PersistentVolume')) {
        return [];
      }
      const found = volumeDriver(object.root.get('spec'));
      return found === undefined || found.driver === EFS
        ? []
        : [
            {
              text: `${found.type === 'csi' ? `CSI driver ${readable(found.driver)}` : found.type} volumes cannot be mounted on Fargate. Use an EFS file system with the CSI driver ${EFS} in spec.csi.`,
            },
          ];
    },
  },
];
