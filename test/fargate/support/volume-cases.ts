import { deployment, object, withContainer } from './manifests';
import type { RuleCase } from './rule-cases';

const staticEfs = 'Create an EFS PersistentVolume, and name it in volumeName.';
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
  'Create an EFS PersistentVolume for each replica, with claimRef shop/data-cart-0 and so on.';

const otherClass = storageClass({
  provisioner: 'efs.csi.aws.com',
  metadata: { name: 'slow', annotations: { 'storageclass.kubernetes.io/is-default-class': 'false' } },
});
const defaultClass = storageClass({
  provisioner: 'ebs.csi.aws.com',
  metadata: { name: 'fast', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
});

export const volumeCases: readonly RuleCase[] = [
  {
    rule: 'volume-type',
    fails: [
      deployment({
        volumes: [
          { name: 'docker', hostPath: { path: '/var/run' } },
          { name: 'data', csi: { driver: 's3.csi.aws.com' } },
          { name: 'pages', emptyDir: { medium: 'HugePages-2Mi' } },
        ],
      }),
    ],
    says: [
      'Deployment shop/cart: Fargate does not support hostPath volume docker, csi volume data, HugePages-2Mi volume pages. Use emptyDir, configMap, secret, projected, downwardAPI, or a claim on an EFS volume.',
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
    fails: [
      deployment({
        volumes: [
          { name: 'share', nfs: { server: 'fs.example', path: '/' } },
          { name: 'model', image: { reference: 'registry.example/model:1' } },
        ],
      }),
      volume({ nfs: { server: 'fs.example', path: '/' } }),
    ],
    says: [
      'Deployment shop/cart: AWS does not say whether Fargate mounts nfs volume share, image volume model (unverified). Try it on a cluster, or use a claim on an EFS volume.',
      'PersistentVolume cart: AWS does not say whether Fargate mounts volumes of type nfs (unverified). Try it on a cluster, or use a claim on an EFS volume.',
    ],
    passes: {
      memory: [deployment({ volumes: [{ name: 'tmp', emptyDir: { medium: 'Memory' } }] })],
      'a volume of EFS': [volume({ csi: { driver: 'efs.csi.aws.com' } })],
      'a kind of another group': [{ ...volume({ nfs: {} }), apiVersion: 'storage.example.com/v1' }],
    },
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
    fails: [
      claim({ storageClassName: 'gp3' }),
      object('v1', 'PersistentVolumeClaim', { spec: { accessModes: ['ReadWriteOnce'] } }, 'unclassed'),
      statefulSet({}, { replicas: 2 }),
    ],
    says: [
      `PersistentVolumeClaim shop/cart: stays Pending: storage class gp3 provisions EBS, which Fargate cannot use. ${staticEfs}`,
      `PersistentVolumeClaim shop/unclassed: stays Pending: the default storage class provisions EBS, which Fargate cannot use. ${staticEfs}`,
      `StatefulSet shop/cart: volumeClaimTemplate "data" stays Pending: the default storage class provisions EBS, which Fargate cannot use. ${efsForEach}`,
    ],
    passes: {
      'a claim on a volume by name': [claim({ storageClassName: '', volumeName: 'efs' })],
      'a class that is not among the objects': [claim({ storageClassName: 'efs-sc' })],
      'a class known at deploy time': [claim({ storageClassName: '${Token[TOKEN.1]}' })],
      'static EFS through a class': [
        storageClass({ provisioner: 'efs.csi.aws.com' }),
        claim({ storageClassName: 'fast' }),
      ],
      'a class without a provisioner': [
        storageClass({ provisioner: 'kubernetes.io/no-provisioner' }),
        claim({ storageClassName: 'fast' }),
      ],
      'EFS volumes under a name of EBS': [
        { ...storageClass({ provisioner: 'efs.csi.aws.com' }), metadata: { name: 'gp3' } },
        claim({ storageClassName: 'gp3' }),
      ],
      'a volume without a class for a claim without one': [efsVolume('efs', {}), claim({})],
      'two volumes for two claims': [
        efsVolume('first', {}),
        efsVolume('second', {}),
        claim({}),
        object('v1', 'PersistentVolumeClaim', { spec: {} }, 'other'),
      ],
      'a volume of the default class': [
        defaultClass,
        efsVolume('efs', { storageClassName: 'fast' }),
        claim({}),
      ],
      'a volume that is reserved for it': [
        claim({}),
        efsVolume('efs', { claimRef: { namespace: 'shop', name: 'cart' } }),
      ],
      'a volume that is reserved for it in the namespace default': [
        { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'cart' }, spec: {} },
        efsVolume('efs', { claimRef: { name: 'cart' } }),
      ],
      'volumes that are reserved for its ordinals': [
        reserved(0),
        reserved(1),
        statefulSet({}, { replicas: 2 }),
      ],
    },
  },
  {
    rule: 'volume-claim',
    fails: [storageClass({ provisioner: 'ebs.csi.aws.com' }), statefulSet({ storageClassName: 'fast' })],
    says: [
      'StatefulSet shop/cart: volumeClaimTemplate "data" stays Pending: storage class fast provisions by ebs.csi.aws.com, which Fargate cannot use. Create an EFS PersistentVolume for each replica, with claimRef shop/data-cart-0 and so on.',
    ],
    passes: {},
  },
  {
    rule: 'volume-claim',
    fails: [
      otherClass,
      defaultClass,
      efsVolume('unclassed', {}),
      claim({}),
      statefulSet({ storageClassName: 'gp2' }, { replicas: 0 }),
    ],
    says: [
      'PersistentVolumeClaim shop/cart: stays Pending: storage class fast provisions by ebs.csi.aws.com, which Fargate cannot use. Create an EFS PersistentVolume, and name it in volumeName.',
      'StatefulSet shop/cart: volumeClaimTemplate "data" stays Pending: storage class gp2 provisions EBS, which Fargate cannot use. Create an EFS PersistentVolume for each replica, with claimRef shop/data-cart-0 and so on.',
    ],
    passes: {},
  },
  {
    rule: 'volume-claim',
    fails: [efsClass, claim({ storageClassName: 'fast' })],
    says: [
      'PersistentVolumeClaim shop/cart: stays Pending: storage class fast provisions EFS dynamically, which Fargate cannot use. Create an EFS PersistentVolume, and name it in volumeName.',
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
      'PersistentVolumeClaim shop/second: stays Pending: storage class fast provisions EFS dynamically, which Fargate cannot use. Create an EFS PersistentVolume, and name it in volumeName.',
    ],
    passes: {},
  },
  {
    rule: 'volume-claim',
    fails: [
      efsClass,
      reserved(0),
      reserved(1),
      // Of the ordinals after the last replica, no volume helps.
      reserved(3),
      statefulSet({ storageClassName: 'fast' }, { replicas: 3 }),
      statefulSet({ storageClassName: '', volumeName: 'efs-0' }, { replicas: 1_000_000_000_000 }),
    ],
    says: [
      'StatefulSet shop/cart: volumeClaimTemplate "data" stays Pending: storage class fast provisions EFS dynamically, which Fargate cannot use. Create an EFS PersistentVolume for each replica, with claimRef shop/data-cart-0 and so on.',
      'StatefulSet shop/cart: volumeClaimTemplate "data" names one volume (efs-0) for 1000000000000 replicas. Create an EFS PersistentVolume for each replica, with claimRef shop/data-cart-0 and so on.',
    ],
    passes: {},
  },
  {
    rule: 'volume-claim',
    fails: [
      efsClass,
      reserved(1),
      reserved(3),
      statefulSet({ storageClassName: 'fast' }, { replicas: 1, ordinals: { start: 2 } }),
    ],
    says: [
      'StatefulSet shop/cart: volumeClaimTemplate "data" stays Pending: storage class fast provisions EFS dynamically, which Fargate cannot use. Create an EFS PersistentVolume for each replica, with claimRef shop/data-cart-2 and so on.',
    ],
    passes: {},
  },
  {
    rule: 'volume-claim',
    fails: [
      object('apps/v1', 'StatefulSet', {
        spec: {
          volumeClaimTemplates: ['data', 'logs'].map((name) => ({
            metadata: { name },
            spec: { storageClassName: 'gp3' },
          })),
        },
      }),
    ],
    says: [
      'StatefulSet shop/cart: volumeClaimTemplate "data" stays Pending: storage class gp3 provisions EBS, which Fargate cannot use; volumeClaimTemplate "logs" stays Pending: storage class gp3 provisions EBS, which Fargate cannot use. Create an EFS PersistentVolume for each replica, with claimRef shop/data-cart-0 and so on. Create an EFS PersistentVolume for each replica, with claimRef shop/logs-cart-0 and so on.',
    ],
    passes: {},
  },
  {
    rule: 'volume-claim-class',
    fails: [
      statefulSet({ storageClassName: 'ebs-csi-default-sc' }),
      claim({ storageClassName: '' }),
      storageClass({ provisioner: 'efs.csi.aws.com' }),
      object('v1', 'PersistentVolumeClaim', { spec: { storageClassName: 'fast' } }, 'static'),
    ],
    says: [
      'StatefulSet shop/cart: volumeClaimTemplate "data" stays Pending until there is a PersistentVolume of class ebs-csi-default-sc for it. Create an EFS PersistentVolume for each replica, with claimRef shop/data-cart-0 and so on.',
      'PersistentVolumeClaim shop/cart: stays Pending until there is a PersistentVolume without a class for it. Create an EFS PersistentVolume, and name it in volumeName.',
      'PersistentVolumeClaim shop/static: stays Pending until there is a PersistentVolume of class fast for it. Create an EFS PersistentVolume, and name it in volumeName.',
    ],
    passes: {
      'a volume of the class': [
        efsVolume('efs', { storageClassName: 'efs-sc' }),
        claim({ storageClassName: 'efs-sc' }),
      ],
      'a volume by name': [claim({ storageClassName: 'efs-sc', volumeName: 'efs' })],
      'a claim that is an error already': [claim({ storageClassName: 'gp2' }), claim({})],
      'a class known at deploy time': [claim({ storageClassName: '${Token[TOKEN.1]}' })],
    },
  },
  {
    rule: 'persistent-volume',
    fails: [
      volume({ csi: { driver: 'ebs.csi.aws.com' } }),
      efsVolume('handle', { csi: { driver: 'efs.csi.aws.com', volumeHandle: 'efs:fs-0123::fsap-0123' } }),
      efsVolume('host', { csi: undefined, hostPath: { path: '/' } }),
    ],
    says: [
      'PersistentVolume cart: Fargate cannot mount volumes of CSI driver ebs.csi.aws.com. Use the CSI driver efs.csi.aws.com with a volumeHandle fs-….',
      'PersistentVolume handle: Fargate cannot mount volumeHandle efs:fs-0123::fsap-0123. Use the CSI driver efs.csi.aws.com with a volumeHandle fs-….',
      'PersistentVolume host: Fargate cannot mount volumes of type hostPath. Use the CSI driver efs.csi.aws.com with a volumeHandle fs-….',
    ],
    passes: {
      EFS: [
        volume({ csi: { driver: 'efs.csi.aws.com', volumeHandle: 'fs-0123' } }),
        efsVolume('access-point', { csi: { driver: 'efs.csi.aws.com', volumeHandle: 'fs-0123::fsap-0123' } }),
      ],
      'a driver known at deploy time': [volume({ csi: { driver: '${Token[TOKEN.1]}' } })],
      'nfs, which nobody knows': [volume({ nfs: { server: 'fs.example', path: '/' } })],
      'a kind of another group': [{ ...volume({ hostPath: {} }), apiVersion: 'storage.example.com/v1' }],
    },
  },
];
