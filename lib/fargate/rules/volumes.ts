/** Which storage reaches a Fargate pod: ephemeral volumes, and statically provisioned EFS. */
import type { Field } from '../manifest/field';
import { readable } from '../manifest/kube-object';
import { inContainer, isKind, type Rule } from './rule';
import { fargatePage, podConfigurationPage } from './sources';
import { efsDriver } from './storage';
import { volumeClaimRules } from './volume-claims';

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
    check: ({ spec }) =>
      volumeTypes(spec)
        .filter(({ type }) => !supportedTypes.has(type) && !unverifiedTypes.has(type))
        .map(({ name, type, volume }) => ({
          text: `volume ${name} is of type ${readable(type)}, which is not supported on Fargate. Use emptyDir, configMap, secret, projected, downwardAPI, or a claim on an EFS volume, in ${volume.path}.`,
        })),
  },
  {
    id: 'volume-type-unverified',
    severity: 'warning',
    why: 'AWS does not say whether Fargate mounts volumes of type nfs or image (unverified): the documented way to shared files is a claim on an EFS volume.',
    source: podConfigurationPage,
    judges: 'pod',
    check: ({ spec }) =>
      volumeTypes(spec)
        .filter(({ type }) => unverifiedTypes.has(type))
        .map(({ name, type, volume }) => ({
          text: `volume ${name} is of type ${type}, of which AWS does not say whether Fargate supports it (unverified). Try it on a cluster, or use a claim on an EFS volume in ${volume.path}.`,
        })),
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
                text: `volumeDevices are not supported on Fargate, which has no block devices. Use volumeMounts instead of ${inContainer(container, devices)}.`,
              },
            ];
      }),
  },
  ...volumeClaimRules,
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
              text: `${found.type === 'csi' ? `CSI driver ${readable(found.driver)}` : found.type} volumes cannot be mounted on Fargate. Use an EFS file system with the CSI driver ${efsDriver} in spec.csi.`,
            },
          ];
    },
  },
];
