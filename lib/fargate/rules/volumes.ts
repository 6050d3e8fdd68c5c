/** Which storage reaches a Fargate pod: ephemeral volumes, and statically provisioned EFS. */
import { isUnresolved, type Field } from '../manifest/field';
import { readable } from '../manifest/kube-object';
import { shortList } from '../words';
import { ifAny, isKind, type Rule } from './rule';
import { efsHandleReport, fargatePage, podConfigurationPage } from './sources';

/** The CSI driver of the only volumes that Fargate mounts by a claim. */
export const efsDriver = 'efs.csi.aws.com';

const supportedTypes = new Set([
  'configMap',
  'downwardAPI',
  'emptyDir',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);
/** Types of which no page says that Fargate mounts or refuses them. */
const unverifiedTypes = new Set(['image', 'nfs']);
/** Types of a PersistentVolume other than csi and nfs: https://kubernetes.io/docs/concepts/storage/persistent-volumes/ */
const persistentTypes =
  'awsElasticBlockStore azureDisk azureFile cephfs cinder fc flexVolume flocker gcePersistentDisk glusterfs hostPath iscsi local photonPersistentDisk portworxVolume quobyte rbd scaleIO storageos vsphereVolume'.split(
    ' ',
  );

/** The volumes whose source is one of those that are wanted, as `hostPath volume docker`. */
function volumesOf(spec: Field, isWanted: (type: string, source: Field) => boolean): readonly string[] {
  return spec
    .get('volumes')
    .items()
    .flatMap((volume) =>
      volume
        .entries()
        .filter(([key, source]) => key !== 'name' && source.present && isWanted(key, source))
        .map(([type, source]) => {
          const shown = (type === 'emptyDir' ? source.get('medium').text() : undefined) ?? type;
          return `${readable(shown)} volume ${readable(volume.get('name').text() ?? '')}`;
        }),
    );
}

/** Whether a source is of no use on Fargate: of another type, or in memory pages that its nodes do not have. */
function isUnsupported(type: string, source: Field): boolean {
  return supportedTypes.has(type)
    ? type === 'emptyDir' && source.get('medium').text()?.startsWith('HugePages') === true
    : !unverifiedTypes.has(type);
}

/** What of a PersistentVolume's spec Fargate cannot mount; undefined where it can, or nobody knows. */
function unmountable(spec: Field): string | undefined {
  const csi = spec.get('csi');
  const driver = csi.get('driver').text() ?? '';
  if (csi.present && driver !== efsDriver && !isUnresolved(driver)) {
    return `volumes of CSI driver ${readable(driver)}`;
  }
  const handle = csi.get('volumeHandle').text() ?? '';
  if (handle.startsWith('efs:')) {
    return `volumeHandle ${readable(handle)}`;
  }
  const type = persistentTypes.find((candidate) => spec.get(candidate).present);
  return type === undefined ? undefined : `volumes of type ${type}`;
}

export const volumeRules: readonly Rule[] = [
  {
    id: 'volume-type',
    severity: 'error',
    why: 'The scheduler refuses a pod with a volume of another type: there is no host directory, no block device, no CSI driver of one’s own and no huge page on Fargate.',
    source: fargatePage,
    judges: 'pod',
    check: ({ spec }) =>
      ifAny(volumesOf(spec, isUnsupported), (refused) => ({
        text: `Fargate does not support ${shortList(refused)}`,
        fix: 'Use emptyDir, configMap, secret, projected, downwardAPI, or a claim on an EFS volume.',
      })),
  },
  {
    id: 'volume-type-unverified',
    severity: 'warning',
    why: 'AWS does not say whether Fargate mounts volumes of type nfs or image (unverified): the documented way to shared files is a claim on an EFS volume.',
    source: podConfigurationPage,
    judges: 'together',
    check: ({ pods, objects }) =>
      [
        ...pods.map(({ object, spec }) => ({
          object,
          found: volumesOf(spec, (type) => unverifiedTypes.has(type)),
        })),
        ...objects
          .filter(
            (object) => isKind(object, '', 'PersistentVolume') && object.root.get('spec').get('nfs').present,
          )
          .map((object) => ({ object, found: ['volumes of type nfs'] })),
      ].flatMap(({ object, found }) =>
        ifAny(found, (unverified) => ({
          text: `AWS does not say whether Fargate mounts ${shortList(unverified)} (unverified)`,
          fix: 'Try it on a cluster, or use a claim on an EFS volume.',
        })).map((problem) => ({ ...problem, object })),
      ),
  },
  {
    id: 'volume-device',
    severity: 'error',
    why: 'Fargate pods have no block devices.',
    source: fargatePage,
    judges: 'pod',
    check: ({ containers }) =>
      containers
        .filter(({ field }) => field.get('volumeDevices').items().length > 0)
        .map((container) => ({
          container,
          text: 'Fargate has no block devices for volumeDevices',
          fix: 'Use volumeMounts.',
        })),
  },
  {
    id: 'persistent-volume',
    severity: 'error',
    why: 'Of persistent volumes, Fargate mounts EFS only, by a volumeHandle fs-… or fs-…::fsap-…: the form efs:fs-… that version 3 of the EFS CSI driver writes is rejected.',
    source: efsHandleReport,
    judges: 'object',
    check: (object) => {
      const what = isKind(object, '', 'PersistentVolume') ? unmountable(object.root.get('spec')) : undefined;
      return what === undefined
        ? []
        : [
            {
              text: `Fargate cannot mount ${what}`,
              fix: `Use the CSI driver ${efsDriver} with a volumeHandle fs-….`,
            },
          ];
    },
  },
];
