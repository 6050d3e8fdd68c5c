/** Which storage reaches a Fargate pod: ephemeral volumes, and statically provisioned EFS. */
import type { Field } from '../manifest/field';
import { readable } from '../manifest/kube-object';
import { shortList } from '../words';
import { isKind, type Rule } from './rule';
import { fargatePage, podConfigurationPage } from './sources';
import { efsDriver } from './storage';

const supportedTypes = new Set([
  'configMap',
  'downwardAPI',
  'emptyDir',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);
/** Types of which no page says that Fargate takes or refuses them. */
const unverifiedTypes = new Set(['image', 'nfs']);

/** The volumes of some types, as `hostPath volume docker`. */
function volumesOf(spec: Field, isWanted: (type: string) => boolean): readonly string[] {
  return spec
    .get('volumes')
    .items()
    .flatMap((volume) =>
      volume
        .entries()
        .filter(([key, { present }]) => key !== 'name' && present && isWanted(key))
        .map(([type]) => `${readable(type)} volume ${readable(volume.get('name').text() ?? '')}`),
    );
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
    source: fargatePage,
    judges: 'pod',
    check: ({ spec }) => {
      const refused = volumesOf(spec, (type) => !supportedTypes.has(type) && !unverifiedTypes.has(type));
      return refused.length === 0
        ? []
        : [
            {
              text: `Fargate does not support ${shortList(refused)}`,
              fix: 'Use emptyDir, configMap, secret, projected, downwardAPI, or a claim on an EFS volume.',
            },
          ];
    },
  },
  {
    id: 'volume-type-unverified',
    severity: 'warning',
    why: 'AWS does not say whether Fargate mounts volumes of type nfs or image (unverified): the documented way to shared files is a claim on an EFS volume.',
    source: podConfigurationPage,
    judges: 'pod',
    check: ({ spec }) => {
      const unverified = volumesOf(spec, (type) => unverifiedTypes.has(type));
      return unverified.length === 0
        ? []
        : [
            {
              text: `AWS does not say whether Fargate mounts ${shortList(unverified)} (unverified)`,
              fix: 'Try it on a cluster, or use a claim on an EFS volume.',
            },
          ];
    },
  },
  {
    id: 'volume-device',
    severity: 'error',
    why: 'Fargate pods have no block devices.',
    source: fargatePage,
    judges: 'pod',
    check: ({ containers }) =>
      containers.flatMap((container) => {
        const devices = container.field.get('volumeDevices');
        return devices.items().length === 0
          ? []
          : [
              {
                container,
                text: 'Fargate has no block devices for volumeDevices',
                fix: 'Use volumeMounts.',
              },
            ];
      }),
  },
  {
    id: 'persistent-volume',
    severity: 'error',
    why: 'Of persistent volumes, Fargate mounts EFS only.',
    source: fargatePage,
    judges: 'object',
    check: (object) => {
      if (!isKind(object, '', 'PersistentVolume')) {
        return [];
      }
      const found = volumeDriver(object.root.get('spec'));
      return found === undefined || found.driver === efsDriver
        ? []
        : [
            {
              text: `Fargate cannot mount a ${found.type === 'csi' ? `volume of CSI driver ${readable(found.driver)}` : `${found.type} volume`}`,
              fix: `Use an EFS file system with the CSI driver ${efsDriver}.`,
            },
          ];
    },
  },
];
