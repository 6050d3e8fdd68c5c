import { deployment, object, withContainer } from './manifests';
import type { RuleCase } from './rule-cases';

const staticEfs =
  'Make a PersistentVolume with the CSI driver efs.csi.aws.com and name it in volumeName: Fargate mounts statically provisioned EFS volumes only.';
const claim = (spec: object) => object('v1', 'PersistentVolumeClaim', { spec });
const volume = (spec: object) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: 'cart' },
  spec,
});
const storageClass = (fields: object) => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'fast' },
  ...fields,
});

const efsClass = storageClass({
  provisioner: 'efs.csi.aws.com',
  parameters: { provisioningMode: 'efs-ap' },
});
const efsVolume = (name: string, spec: object) => ({
  ...volume({ csi: { driver: 'efs.csi.aws.com' }, ...spec }),
  metadata: { name },
});
const statefulSet = (claimSpec: object, spec: object = {}) =>
  object('apps/v1', 'StatefulSet', {
    spec: { volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claimSpec }], ...spec },
  });
/** The reservation of a volume for the claim of one ordinal. */
const reserved = (ordinal: number) =>
  efsVolume(`efs-${ordinal}`, { claimRef: { namespace: 'shop', name: `data-cart-${ordinal}` } });
const efsForEach =
  'Make a PersistentVolume with the CSI driver efs.csi.aws.com for each ordinal, with a claimRef on its claim (namespace shop, name data-cart-0 and so on): Fargate mounts statically provisioned EFS volumes only.';

export const volumeCases: readonly RuleCase[] = [
  {
    rule: 'volume-type',
    fails: [
      deployment({
        volumes: [
          { name: 'docker', hostPath: { path: '/var/run' } },
          { name: 'data', csi: { driver: 's3.csi.aws.com' } },
        ],
      }),
    ],
    says: [
      'Deployment shop/cart: Fargate does not support hostPath volume docker, csi volume data. Use emptyDir, configMap, secret, projected, downwardAPI, or a claim on an EFS volume.',
    ],
    passes: {
      'the supported types': [
        deployment({
          volumes: [
            'emptyDir',
            'configMap',
            'secret',
            'projected',
            'downwardAPI',
            'persistentVolumeClaim',
          ].map((type) => ({ name: type.toLowerCase(), [type]: {} })),
        }),
      ],
    },
  },
  {
    rule: 'volume-type-unverified',
    fails: [deployment({ volumes: [{ name: 'share', nfs: { server: 'fs.example', path: '/' } }] })],
    says: [
      'Deployment shop/cart: AWS does not say whether Fargate mounts nfs volume share (unverified). Try it on a cluster, or use a claim on an EFS volume.',
    ],
    passes: { emptyDir: [deployment({ volumes: [{ name: 'tmp', emptyDir: {} }] })] },
  },
  {
    rule: 'volume-device',
    fails: [withContainer({ volumeDevices: [{ name: 'disk', devicePath: '/dev/xvda' }] })],
    says: [
      'Deployment shop/cart, container "cart": Fargate has no block devices for volumeDevices. Use volumeMounts.',
    ],
    passes: { volumeMounts: [withContainer({ volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }] })] },
  },
  {
    rule: 'volume-claim',
    fails: [claim({ storageClassName: 'gp3' })],
    says: [
      `PersistentVolumeClaim shop/cart: storage class gp3 stands for EBS volumes, which Fargate cannot mount. ${staticEfs}`,
    ],
    passes: {
      'a claim on a volume by name': [claim({ storageClassName: '', volumeName: 'efs' })],
      'a class defined elsewhere': [claim({ storageClassName: 'efs-sc' })],
      'static EFS through a class': [
        storageClass({ provisioner: 'efs.csi.aws.com' }),
        claim({ storageClassName: 'fast' }),
      ],
      'a class without a provisioner': [
        storageClass({ provisioner: 'kubernetes.io/no-provisioner' }),
        claim({ storageClassName: 'fast' }),
      ],
    },
  },
  {
    rule: 'volume-claim',
    fails: [storageClass({ provisioner: 'ebs.csi.aws.com' }), statefulSet({ storageClassName: 'fast' })],
    says: [
      `StatefulSet shop/cart: volumeClaimTemplate "data": storage class fast provisions through ebs.csi.aws.com, whose volumes Fargate cannot mount. ${efsForEach}`,
    ],
    passes: {},
  },
  {
    rule: 'volume-claim',
    fails: [efsClass, claim({ storageClassName: 'fast' })],
    says: [
      `PersistentVolumeClaim shop/cart: storage class fast provisions EFS access points dynamically, which Fargate does not support. ${staticEfs}`,
    ],
    passes: {
      'a volume of the class, which is bound before any is provisioned': [
        efsClass,
        efsVolume('efs', { storageClassName: 'fast' }),
        claim({ storageClassName: 'fast' }),
      ],
      'a volume that is reserved for it': [
        efsClass,
        efsVolume('efs', { claimRef: { namespace: 'shop', name: 'cart' } }),
        claim({ storageClassName: 'fast' }),
      ],
      'a volume for each ordinal': [
        efsClass,
        reserved(0),
        reserved(1),
        statefulSet({ storageClassName: 'fast' }, { replicas: 2 }),
      ],
      'a volume for each ordinal, which do not begin with zero': [
        efsClass,
        reserved(5),
        reserved(6),
        statefulSet({ storageClassName: 'fast' }, { replicas: 2, ordinals: { start: 5 } }),
      ],
      'as many volumes of the class as replicas, reserved or not': [
        efsClass,
        reserved(1),
        efsVolume('efs', { storageClassName: 'fast' }),
        statefulSet({ storageClassName: 'fast' }, { replicas: 2 }),
      ],
      'the volume of the only replica by name': [
        statefulSet({ storageClassName: '', volumeName: 'efs' }, { replicas: 1 }),
      ],
    },
  },
  {
    rule: 'volume-claim',
    fails: [
      efsClass,
      efsVolume('one', { storageClassName: 'fast' }),
      efsVolume('another-class', { storageClassName: 'slow' }),
      efsVolume('another-claim', { storageClassName: 'fast', claimRef: { namespace: 'shop', name: 'ui' } }),
      efsVolume('by-name', { storageClassName: 'fast' }),
      object(
        'v1',
        'PersistentVolumeClaim',
        { spec: { storageClassName: 'fast', volumeName: 'by-name' } },
        'named',
      ),
      claim({ storageClassName: 'fast' }),
      object('v1', 'PersistentVolumeClaim', { spec: { storageClassName: 'fast' } }, 'second'),
    ],
    says: [
      `PersistentVolumeClaim shop/second: storage class fast provisions EFS access points dynamically, which Fargate does not support. ${staticEfs}`,
    ],
    passes: {},
  },
  {
    rule: 'volume-claim',
    fails: [
      efsClass,
      reserved(0),
      reserved(1),
      statefulSet({ storageClassName: 'fast' }, { replicas: 3 }),
      statefulSet({ storageClassName: '', volumeName: 'efs-0' }, { replicas: 1_000_000_000_000 }),
    ],
    says: [
      `StatefulSet shop/cart: volumeClaimTemplate "data": storage class fast provisions EFS access points dynamically, which Fargate does not support. ${efsForEach}`,
      `StatefulSet shop/cart: volumeClaimTemplate "data": volumeName efs-0 with 1000000000000 replicas: each has a claim of its own, and a PersistentVolume is bound to one claim only. ${efsForEach}`,
    ],
    passes: {},
  },
  {
    rule: 'volume-claim-class',
    fails: [claim({ accessModes: ['ReadWriteOnce'] })],
    says: [
      `PersistentVolumeClaim shop/cart: no storageClassName and no volumeName: the default class of an EKS cluster stands for EBS volumes, which Fargate cannot mount. ${staticEfs}`,
    ],
    passes: {
      'a volume that is reserved for it': [
        claim({}),
        volume({ claimRef: { namespace: 'shop', name: 'cart' }, csi: { driver: 'efs.csi.aws.com' } }),
      ],
      'the empty class': [claim({ storageClassName: '' })],
      'volumes that are reserved for its ordinals': [
        reserved(0),
        reserved(1),
        statefulSet({}, { replicas: 2 }),
      ],
    },
  },
  {
    rule: 'volume-claim',
    fails: [
      efsClass,
      reserved(0),
      reserved(3),
      statefulSet({ storageClassName: 'fast' }, { replicas: 2 }),
      statefulSet({ storageClassName: 'fast' }, { replicas: 2, ordinals: { start: 2 } }),
    ],
    says: ['data-cart-0', 'data-cart-2'].map(
      (name) =>
        `StatefulSet shop/cart: volumeClaimTemplate "data": storage class fast provisions EFS access points dynamically, which Fargate does not support. ${efsForEach.replace('data-cart-0', name)}`,
    ),
    passes: {},
  },
  {
    rule: 'volume-claim-class',
    fails: [reserved(0), statefulSet({}, { replicas: 2 })],
    says: [
      `StatefulSet shop/cart: volumeClaimTemplate "data": no storageClassName and no volumeName: the default class of an EKS cluster stands for EBS volumes, which Fargate cannot mount. ${efsForEach}`,
    ],
    passes: {},
  },
  {
    rule: 'persistent-volume',
    fails: [
      volume({ csi: { driver: 'ebs.csi.aws.com' } }),
      { ...volume({ hostPath: {} }), metadata: { name: 'host' } },
    ],
    says: [
      'PersistentVolume cart: Fargate cannot mount a volume of CSI driver ebs.csi.aws.com. Use an EFS file system with the CSI driver efs.csi.aws.com.',
      'PersistentVolume host: Fargate cannot mount a hostPath volume. Use an EFS file system with the CSI driver efs.csi.aws.com.',
    ],
    passes: { EFS: [volume({ csi: { driver: 'efs.csi.aws.com' } })] },
  },
];
