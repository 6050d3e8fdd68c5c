import { messagesOf } from '../support/manifests';
import { testRules } from '../support/rule-cases';
import { volumeCases } from '../support/volume-cases';

testRules(volumeCases);

test.each([
  'awsElasticBlockStore',
  'azureDisk',
  'azureFile',
  'cephfs',
  'cinder',
  'fc',
  'flexVolume',
  'flocker',
  'gcePersistentDisk',
  'glusterfs',
  'hostPath',
  'iscsi',
  'local',
  'photonPersistentDisk',
  'portworxVolume',
  'quobyte',
  'rbd',
  'scaleIO',
  'storageos',
  'vsphereVolume',
])('no PersistentVolume of type %s is mounted', (type) => {
  const volume = {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'data' },
    spec: { [type]: {} },
  };
  expect(messagesOf('persistent-volume', [volume])).toEqual([
    `PersistentVolume data: Fargate cannot mount volumes of type ${type}. Use the CSI driver efs.csi.aws.com with a volumeHandle fs-….`,
  ]);
});
