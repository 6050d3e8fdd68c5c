import * as fc from 'fast-check';
import type { Manifest } from './manifests';
import { podSecurityVerdicts as verdicts } from './pod-security-verdicts';

/** One change of a pod: the value at a path; undefined removes what is there. */
interface Change {
  readonly path: string;
  readonly value: unknown;
}

/** A pod, and what makes it different from one that every policy admits. */
export interface ChangedPod {
  readonly changes: string;
  readonly pod: Manifest & { readonly metadata: object };
}

const closed = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const cleanPod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'cart', namespace: 'shop', annotations: {} },
  spec: {
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    initContainers: [{ name: 'setup', image: 'registry.example/cart:1', securityContext: closed }],
    containers: [{ name: 'cart', image: 'registry.example/cart:1', securityContext: closed }],
  },
};

const fileProfiles = [
  { type: 'RuntimeDefault' },
  { type: 'Localhost', localhostProfile: 'cart.json' },
  { type: 'Unconfined' },
];
/** Fields that pods and containers have alike, with values that some policy refuses and some that none does. */
const contextValues: Readonly<Record<string, readonly unknown[]>> = {
  runAsNonRoot: [undefined, true, false],
  runAsUser: [0, 1000],
  seccompProfile: [undefined, ...fileProfiles],
  appArmorProfile: fileProfiles,
  seLinuxOptions: [
    ...['container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t', 'spc_t'].map((type) => ({
      type,
    })),
    { user: 'system_u' },
    { role: 'system_r' },
    { level: 's0:c1,c2' },
    {},
  ],
};
const containerValues: Readonly<Record<string, readonly unknown[]>> = {
  securityContext: [undefined, {}, { capabilities: { drop: ['ALL'] }, privileged: true }],
  'securityContext.allowPrivilegeEscalation': [undefined, true],
  'securityContext.privileged': [false],
  'securityContext.procMount': ['Default'],
  'securityContext.capabilities': [
    undefined,
    {},
    { drop: ['all'] },
    { drop: ['NET_RAW'] },
    ...'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT NET_RAW SYS_ADMIN CAP_CHOWN chown'
      .split(' ')
      .map((name) => ({ drop: ['ALL'], add: [name] })),
  ],
  ports: [
    [{ containerPort: 80 }],
    [{ containerPort: 80, hostPort: 80 }],
    [{ containerPort: 80, hostIP: '10.0.0.1' }],
  ],
};
const serving = ['httpGet', 'tcpSocket'].flatMap((request) =>
  ['', '10.0.0.1'].map((host) => ({ [request]: { port: 80, ...(host === '' ? {} : { host }) } })),
);
const volumes: Readonly<Record<string, unknown>> = {
  awsElasticBlockStore: { volumeID: 'v' },
  azureDisk: { diskName: 'd', diskURI: '/subscriptions/d', kind: 'Managed' },
  azureFile: { secretName: 's', shareName: 's' },
  cephfs: { monitors: ['m'] },
  cinder: { volumeID: 'v' },
  configMap: { name: 'c' },
  csi: { driver: 's3.csi.aws.com' },
  downwardAPI: { items: [] },
  emptyDir: {},
  ephemeral: {
    volumeClaimTemplate: {
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    },
  },
  fc: { targetWWNs: ['w'], lun: 1 },
  flexVolume: { driver: 'a/b' },
  flocker: { datasetName: 'd' },
  gcePersistentDisk: { pdName: 'p' },
  gitRepo: { repository: 'r' },
  glusterfs: { endpoints: 'e', path: 'p' },
  hostPath: { path: '/' },
  image: { reference: 'registry.example/data:1' },
  iscsi: { targetPortal: '10.0.0.1:3260', iqn: 'iqn.2001-04.com.example:storage', lun: 0 },
  nfs: { server: 'fs.example', path: '/' },
  persistentVolumeClaim: { claimName: 'c' },
  photonPersistentDisk: { pdID: 'p' },
  portworxVolume: { volumeID: 'v' },
  projected: { sources: [] },
  quobyte: { registry: 'r:1', volume: 'v' },
  rbd: { monitors: ['m'], image: 'i' },
  scaleIO: { gateway: 'g', system: 's', secretRef: { name: 's' }, volumeName: 'v' },
  secret: { secretName: 's' },
  storageos: { volumeName: 'v' },
  vsphereVolume: { volumePath: 'p' },
};
const sysctls = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
  'kernel.msgmax',
  'net.core.somaxconn',
];
const annotations: readonly (readonly [string, string])[] = [
  ['container.apparmor.security.beta.kubernetes.io/cart', ''],
  ['container.apparmor.security.beta.kubernetes.io/cart', 'runtime/default'],
  ['container.apparmor.security.beta.kubernetes.io/cart', 'localhost/cart'],
  ['container.apparmor.security.beta.kubernetes.io/cart', 'unconfined'],
  ['seccomp.security.alpha.kubernetes.io/pod', 'docker/default'],
  ['container.seccomp.security.alpha.kubernetes.io/cart', 'unconfined'],
  ['container.seccomp.security.alpha.kubernetes.io/cart', 'localhost/cart'],
  ['container.seccomp.security.alpha.kubernetes.io/nobody', 'unconfined'],
];

function valuesAt(prefix: string, values: Readonly<Record<string, readonly unknown[]>>): readonly Change[] {
  return Object.entries(values).flatMap(([path, all]) =>
    all.map((value) => ({ path: `${prefix}.${path}`, value })),
  );
}

const changes: readonly Change[] = [
  ...['spec', 'spec.containers.0', 'spec.initContainers.0'].flatMap((owner) =>
    valuesAt(`${owner}.securityContext`, contextValues),
  ),
  ...['spec.containers.0', 'spec.initContainers.0'].flatMap((owner) => valuesAt(owner, containerValues)),
  ...['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle.postStart', 'lifecycle.preStop'].flatMap(
    (path) => valuesAt('spec.containers.0', { [path]: serving }),
  ),
  ...valuesAt('spec', {
    hostNetwork: [true],
    hostPID: [true, false],
    hostIPC: [true],
    hostUsers: [true, false],
    os: [{ name: 'linux' }],
    securityContext: [undefined],
    'securityContext.windowsOptions': [{ hostProcess: false }],
    'securityContext.sysctls': sysctls.map((name) => [{ name, value: '1' }]),
    volumes: [
      ...Object.entries(volumes).map(([type, source]) => [{ name: 'data', [type]: source }]),
      [{ name: 'data' }],
    ],
  }),
  ...annotations.map(([key, value]) => ({ path: 'metadata.annotations', value: { [key]: value } })),
];

/** A Windows pod, which has no Linux fields. */
const windowsPod = {
  ...cleanPod,
  spec: {
    os: { name: 'windows' },
    securityContext: { runAsNonRoot: true },
    containers: [{ name: 'cart', image: 'registry.example/cart:1' }],
  },
};

function changed(applied: readonly Change[]): ChangedPod {
  const pod = structuredClone<ChangedPod['pod']>(cleanPod);
  for (const { path, value } of applied) {
    const keys = path.split('.');
    const last = keys.pop()!;
    let at = pod as Record<string, unknown>;
    for (const key of keys) {
      at[key] ??= {};
      at = at[key] as Record<string, unknown>;
    }
    at[last] = value;
  }
  return { changes: applied.map(({ path, value }) => `${path}=${JSON.stringify(value)}`).join(' '), pod };
}

/** Pods with one change each, and some with those that matter together. */
export const podsWithOneChange: readonly ChangedPod[] = [
  ...changes.map((change) => changed([change])),
  ...[
    { path: 'spec.securityContext.runAsNonRoot', value: false },
    { path: 'spec.securityContext.runAsNonRoot', value: undefined },
    { path: 'spec.containers.0.securityContext.runAsUser', value: 0 },
    { path: 'spec.containers.0.securityContext.procMount', value: 'Unmasked' },
    { path: 'spec.initContainers.0.securityContext.procMount', value: 'Unmasked' },
  ].map((change) => changed([{ path: 'spec.hostUsers', value: false }, change])),
  changed([
    { path: 'spec.securityContext.seccompProfile', value: undefined },
    { path: 'metadata.annotations', value: { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined' } },
  ]),
  { changes: 'none', pod: cleanPod },
  { changes: 'os windows', pod: windowsPod },
  {
    changes: 'os windows, hostProcess',
    pod: {
      ...windowsPod,
      spec: {
        ...windowsPod.spec,
        hostNetwork: true,
        securityContext: { runAsNonRoot: true, windowsOptions: { hostProcess: true } },
      },
    },
  },
];

/** Pods with two to four changes, the same in each run. */
export function podsWithSeveralChanges(count: number): readonly ChangedPod[] {
  const several = fc.uniqueArray(fc.constantFrom(...changes), {
    minLength: 2,
    maxLength: 4,
    selector: ({ path }) => path,
  });
  return fc.sample(several, { numRuns: count, seed: 36 }).map(changed);
}

/** What a namespace enforces. */
export interface Policy {
  readonly level: string;
  /** `v1.36`, or `latest`. */
  readonly version: string;
}

/** Policies on both sides of each version at which the standard changed, and of one that no API server knows. */
export const policies: readonly Policy[] = ['baseline', 'restricted'].flatMap((level) =>
  [99, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 19, 18].map((minor) => ({
    level,
    version: `v1.${minor}`,
  })),
);

/** The namespace that enforces a policy. */
export function namespaceOf({ level, version }: Policy) {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: `${level}-${version.replace('.', '-')}`,
      labels: {
        'pod-security.kubernetes.io/enforce': level,
        'pod-security.kubernetes.io/enforce-version': version,
      },
    },
  };
}

/** A pod in the namespace that enforces a policy. */
export function inNamespaceOf(policy: Policy, { pod }: ChangedPod): Manifest {
  return { ...pod, metadata: { ...pod.metadata, namespace: namespaceOf(policy).metadata.name } };
}

/** What kube-apiserver 1.36.3 answered: `refused` or `admitted`. */
export function recordedVerdict({ level, version }: Policy, { changes: wanted }: ChangedPod): string {
  const minor = Number(version.slice('v1.'.length));
  const [refusedBy] = Object.entries(verdicts).find(([, pods]) => pods.includes(wanted)) ?? [''];
  const isRefused = refusedBy.split(', ').some((policy) => {
    const [ofLevel, versions = '-'] = policy.split(' ');
    const [first, last] = versions.split('-');
    return ofLevel === level && Number(first) <= minor && minor <= (last === '' ? 99 : Number(last));
  });
  return isRefused ? 'refused' : 'admitted';
}
