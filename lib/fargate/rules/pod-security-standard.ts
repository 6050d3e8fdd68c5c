/**
 * The Pod Security Standards, level by level and version by version, as Pod Security Admission of Kubernetes 1.36
 * has them: https://kubernetes.io/docs/concepts/security/pod-security-standards/. What is checked is what the
 * API server checks; test/fargate/rules/pod-security.api-server.test.ts asks a real one.
 */
import { isUnresolved, type Field } from '../manifest/field';
import { readable } from '../manifest/kube-object';
import type { Container, Pod } from '../manifest/pod';
import { unsafeSysctls } from './sysctls';

/** What a namespace enforces. */
export interface PodSecurityPolicy {
  readonly level: 'baseline' | 'restricted';
  /** Minor version of the standard: 36 for v1.36. */
  readonly minor: number;
}

/** What a pod has to change, in its own fields and in those of each container. */
export interface Demands {
  readonly pod: readonly string[];
  readonly containers: readonly { readonly container: Container; readonly wanted: readonly string[] }[];
}

/** The policy and what of the pod decides on the demands. */
interface View extends PodSecurityPolicy {
  readonly pod: Pod;
  readonly restricted: boolean;
  /** In a user namespace of its own, root in the container is not root on the node. */
  readonly hasOwnUsers: boolean;
  /** Linux fields are not asked of a Windows pod, which may not have them. */
  readonly isWindows: boolean;
}

/** What a container has without asking, but for NET_RAW. */
export const baselineCapabilities: ReadonlySet<string> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

const volumeTypes: ReadonlySet<string> = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

const appArmorAnnotation = 'container.apparmor.security.beta.kubernetes.io/';
const fileProfiles: ReadonlySet<string> = new Set(['RuntimeDefault', 'Localhost']);
const seccompAnnotations = {
  pod: 'seccomp.security.alpha.kubernetes.io/pod',
  container: 'container.seccomp.security.alpha.kubernetes.io/',
} as const;
/** From this version on, seccomp is a field and no longer an annotation. */
const seccompField = 19;

/** What the pod has to change before the policy admits it; nothing where it is admitted. */
export function demandsOn(pod: Pod, policy: PodSecurityPolicy): Demands {
  const { spec } = pod;
  const view: View = {
    ...policy,
    pod,
    restricted: policy.level === 'restricted',
    hasOwnUsers: policy.minor >= 35 && spec.get('hostUsers').value === false,
    isWindows: policy.minor >= 25 && spec.get('os').get('name').text() === 'windows',
  };
  return {
    pod: [
      ...['hostNetwork', 'hostPID', 'hostIPC'].flatMap((field) =>
        demand(!spec.get(field).flag(), `no ${field}`),
      ),
      ...demand(unsafeSysctls(pod, policy.minor).length === 0, 'no unsafe sysctls'),
      ...volumeDemands(view),
      ...annotationDemands(view),
      ...contextDemands(spec.get('securityContext'), view),
      ...sharedDemands(view),
    ],
    containers: pod.containers
      .map((container) => ({ container, wanted: containerDemands(container, view) }))
      .filter(({ wanted }) => wanted.length > 0),
  };
}

function demand(isMet: boolean, wanted: string): readonly string[] {
  return isMet ? [] : [wanted];
}

/** Whether a value is one of those that are allowed, or only the deploy knows it. */
function isOneOf(field: Field, allowed: ReadonlySet<string>): boolean {
  const text = field.text() ?? '';
  return allowed.has(text) || isUnresolved(text);
}

/** Whether a profile of seccomp or AppArmor, where there is one, is of a type that is allowed. */
function isFileProfile(profile: Field): boolean {
  return !profile.present || isUnresolved(profile.value) || isOneOf(profile.get('type'), fileProfiles);
}

function volumeDemands({ pod, restricted }: View): readonly string[] {
  const refused = pod.spec
    .get('volumes')
    .items()
    .flatMap((volume) => volume.entries().filter(([key, { present }]) => key !== 'name' && present))
    .map(([type]) => type)
    .filter((type) => (restricted ? !volumeTypes.has(type) : type === 'hostPath'));
  return refused.map((type) => `no ${readable(type)} volume`);
}

/** The annotations of a time before the fields. */
function annotationDemands({ pod, minor }: View): readonly string[] {
  const containers = pod.containers.map(({ name }) => `${seccompAnnotations.container}${name}`);
  const isRefused = (key: string, value: string): boolean =>
    key.startsWith(appArmorAnnotation)
      ? value !== '' && !namesFileProfile(value)
      : minor < seccompField &&
        [seccompAnnotations.pod, ...containers].includes(key) &&
        value !== 'docker/default' &&
        !namesFileProfile(value);
  return Object.entries(pod.metadata.get('annotations').strings())
    .filter(([key, value]) => isRefused(key, value))
    .map(([key]) => `no annotation ${readable(key)}`);
}

function namesFileProfile(value: string): boolean {
  return value === 'runtime/default' || value.startsWith('localhost/') || isUnresolved(value);
}

/** What holds for the security context of a pod and for that of a container alike. */
function contextDemands(context: Field, view: View): readonly string[] {
  const { restricted, minor, hasOwnUsers } = view;
  const seLinux = context.get('seLinuxOptions');
  const nonRoot = context.get('runAsNonRoot');
  const types = ['', 'container_t', 'container_init_t', 'container_kvm_t'];
  const seLinuxTypes = new Set(minor >= 31 ? [...types, 'container_engine_t'] : types);
  const asksNonRoot = restricted && !hasOwnUsers;
  return [
    ...demand(isFileProfile(context.get('appArmorProfile')), 'appArmorProfile.type: RuntimeDefault'),
    ...demand(isOneOf(seLinux.get('type'), seLinuxTypes), 'no seLinuxOptions.type'),
    ...['user', 'role'].flatMap((key) =>
      demand(isOneOf(seLinux.get(key), new Set([''])), `no seLinuxOptions.${key}`),
    ),
    ...demand(
      minor < seccompField || isFileProfile(context.get('seccompProfile')),
      'seccompProfile.type: RuntimeDefault',
    ),
    ...demand(!context.get('windowsOptions').get('hostProcess').flag(), 'no windowsOptions.hostProcess'),
    ...demand(!asksNonRoot || nonRoot.value !== false, 'runAsNonRoot: true'),
    ...demand(
      !asksNonRoot || minor < 23 || context.get('runAsUser').integer() !== 0,
      'a runAsUser other than 0',
    ),
  ];
}

/** What each container may set for itself, and the pod for all that do not. */
function sharedDemands({ pod, restricted, minor, hasOwnUsers, isWindows }: View): readonly string[] {
  const isUnset = (field: string): boolean =>
    restricted &&
    !pod.spec.get('securityContext').get(field).present &&
    pod.containers.some(({ field: own }) => !own.get('securityContext').get(field).present);
  return [
    ...demand(!isUnset('runAsNonRoot') || hasOwnUsers, 'runAsNonRoot: true'),
    ...demand(
      !isUnset('seccompProfile') || minor < seccompField || isWindows,
      'seccompProfile.type: RuntimeDefault',
    ),
  ];
}

function containerDemands({ field }: Container, view: View): readonly string[] {
  const { restricted, minor, hasOwnUsers, isWindows } = view;
  const context = field.get('securityContext');
  const escalation = context.get('allowPrivilegeEscalation').value;
  const capabilities = context.get('capabilities');
  const added = capabilities.get('add').texts();
  const dropsAll = restricted && minor >= 22;
  const isAllowed = (name: string): boolean =>
    dropsAll ? name === 'NET_BIND_SERVICE' : baselineCapabilities.has(name);
  const procMount = context.get('procMount');
  const ports = field.get('ports').items();
  return [
    ...demand(
      !restricted || isWindows || escalation === false || isUnresolved(escalation),
      'allowPrivilegeEscalation: false',
    ),
    ...demand(
      !dropsAll ||
        isWindows ||
        capabilities
          .get('drop')
          .texts()
          .some((name) => name === 'ALL' || isUnresolved(name)),
      'capabilities.drop: [ALL]',
    ),
    ...demand(
      added.every((name) => isAllowed(name) || isUnresolved(name)),
      `no capabilities.add${dropsAll ? '' : ' beyond the default set'}`,
    ),
    ...demand(!context.get('privileged').flag(), 'no privileged'),
    ...demand(
      !procMount.present || isOneOf(procMount, new Set(['Default'])) || (hasOwnUsers && !restricted),
      'no procMount',
    ),
    ...demand(
      ports.every((port) => (port.get('hostPort').integer() ?? 0) === 0),
      'no hostPort',
    ),
    ...demand(
      minor < 34 || hostsOf(field).every((host) => isOneOf(host, new Set(['']))),
      'no host in probes and lifecycle',
    ),
    ...contextDemands(context, view),
  ];
}

/** The `host` of every handler that sends a request. */
function hostsOf(container: Field): readonly Field[] {
  const lifecycle = container.get('lifecycle');
  return [
    ...['livenessProbe', 'readinessProbe', 'startupProbe'].map((probe) => container.get(probe)),
    ...['postStart', 'preStop'].map((handler) => lifecycle.get(handler)),
  ].flatMap((handler) => ['httpGet', 'tcpSocket'].map((request) => handler.get(request).get('host')));
}
