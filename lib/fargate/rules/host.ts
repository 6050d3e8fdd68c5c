/** What a pod cannot have of its host: on Fargate the host is not the customer's. */
import { isUnresolved, type Field } from '../manifest/field';
import { readable } from '../manifest/kube-object';
import { itOrThem, shortList } from '../words';
import { baselineCapabilities } from './pod-security-standard';
import { ifAny, type PodRule, type Problem, type Rule } from './rule';
import {
  fargatePage,
  metricsServerPage,
  podSecurityPage,
  privilegeEscalationPage,
  runtimeClassPage,
  seccompPage,
  sysctlReport,
} from './sources';
import { unsafeSysctls } from './sysctls';

const hostNamespace = (id: string, field: string, why: string): PodRule => ({
  id,
  severity: 'error',
  why,
  source: fargatePage,
  judges: 'pod',
  check: ({ spec }) =>
    spec.get(field).flag()
      ? [{ text: `Fargate does not support ${field}`, fix: `Remove ${spec.get(field).path}.` }]
      : [],
});

/** What a Fargate pod has without asking, as the page lists them, and so what `add` may name after `drop: [ALL]`. */
const defaultCapabilities = new Set([...baselineCapabilities, 'NET_RAW']);

const kubeletPort = 10250;

export const hostRules: readonly Rule[] = [
  hostNamespace(
    'host-network',
    'hostNetwork',
    'Each pod has a network interface of its own; the scheduler refuses a pod with that of the host.',
  ),
  hostNamespace('host-pid', 'hostPID', 'A pod cannot see the processes of its Fargate host.'),
  hostNamespace('host-ipc', 'hostIPC', 'A pod cannot share memory with its Fargate host.'),
  {
    id: 'host-port',
    severity: 'error',
    why: 'The scheduler refuses a pod with a hostPort or hostIP. The pod has an address of its own: no port can clash.',
    source: fargatePage,
    judges: 'pod',
    check: ({ containers }) =>
      containers.flatMap((container) =>
        ifAny(hostPorts(container.field), (ports) => ({
          container,
          text: `Fargate does not support ${shortList(ports)}`,
          fix: `Remove ${itOrThem(ports)} from ports.`,
        })),
      ),
  },
  {
    id: 'privileged',
    severity: 'error',
    why: 'The scheduler refuses privileged containers.',
    source: fargatePage,
    judges: 'pod',
    check: ({ containers }) =>
      containers
        .filter(({ field }) => field.get('securityContext').get('privileged').flag())
        .map((container) => ({
          container,
          text: 'Fargate does not support privileged containers',
          fix: 'Remove securityContext.privileged.',
        })),
  },
  {
    id: 'privilege-escalation',
    severity: 'warning',
    why: 'In 2020 the scheduler refused pods that set allowPrivilegeEscalation to true; whether it still does is unverified.',
    source: privilegeEscalationPage,
    judges: 'pod',
    check: ({ containers }) =>
      containers
        .filter(({ field }) => field.get('securityContext').get('allowPrivilegeEscalation').flag())
        .map((container) => ({
          container,
          text: 'the Fargate scheduler refused allowPrivilegeEscalation in 2020 (unverified today)',
          fix: 'Set securityContext.allowPrivilegeEscalation to false.',
        })),
  },
  {
    id: 'capabilities',
    severity: 'error',
    why: 'Fargate grants the default Linux capabilities only: they can be dropped, and added back by their names without CAP_. Others cannot be added. The scheduler’s words: “invalid SecurityContext fields: Capabilities added: CAP_CHOWN”.',
    source: podSecurityPage,
    judges: 'pod',
    check: ({ containers }) =>
      containers.flatMap((container) => {
        const added = container.field.get('securityContext').get('capabilities').get('add').texts();
        return ifAny(
          added.filter((name) => !isUnresolved(name) && !defaultCapabilities.has(name.toUpperCase())),
          (refused) => ({
            container,
            text: `Fargate does not add capability ${shortList(refused.map(readable))}`,
            fix: refused.some((name) => defaultCapabilities.has(name.replace(/^CAP_/u, '')))
              ? 'Write names of the default set without CAP_, and remove others.'
              : `Remove ${itOrThem(refused)} from securityContext.capabilities.add.`,
          }),
        );
      }),
  },
  {
    id: 'sysctl',
    severity: 'error',
    why: 'Unsafe sysctls need a setting of the kubelet, which nobody can change on Fargate: the kubelet refuses the pod (SysctlForbidden).',
    source: sysctlReport,
    judges: 'pod',
    check: (pod, { kubernetesMinor }) =>
      ifAny(unsafeSysctls(pod, kubernetesMinor), (unsafe) => ({
        text: `Fargate does not allow unsafe sysctl ${shortList(unsafe.map(readable))}`,
        fix: `Remove ${itOrThem(unsafe)} from ${pod.spec.get('securityContext').path}.sysctls.`,
      })),
  },
  {
    id: 'runtime-class',
    severity: 'warning',
    why: 'A RuntimeClass names a container runtime of the node, such as gVisor or that of NVIDIA. No page says that Fargate nodes have another than their own (unverified).',
    source: runtimeClassPage,
    judges: 'pod',
    check: ({ spec }) => {
      const name = spec.get('runtimeClassName').text() ?? '';
      return name === ''
        ? []
        : [
            {
              text: `runtimeClassName ${readable(name)} requires a runtime on the node (unverified on Fargate)`,
              fix: `Remove ${spec.get('runtimeClassName').path}.`,
            },
          ];
    },
  },
  {
    id: 'localhost-profile',
    severity: 'warning',
    why: 'A seccomp or AppArmor profile of type Localhost is a file on the node, and nobody can put one on a Fargate node. What Fargate does with such a pod is unverified.',
    source: seccompPage,
    judges: 'pod',
    check: ({ spec, containers }) => [
      ...ifAny(localhostProfiles(spec), fromNode),
      ...containers.flatMap((container) =>
        ifAny(localhostProfiles(container.field), (found) => ({ container, ...fromNode(found) })),
      ),
    ],
  },
  {
    id: 'kubelet-port',
    severity: 'error',
    why: 'The kubelet of the pod’s node listens on port 10250 in the pod’s own network: a container cannot.',
    source: metricsServerPage,
    judges: 'pod',
    check: ({ containers }) =>
      containers
        .filter(({ field }) => declaresKubeletPort(field))
        .map((container) => ({
          container,
          text: `containerPort ${kubeletPort} belongs to the kubelet on Fargate`,
          fix: 'Use another port.',
        })),
  },
  {
    id: 'kubelet-port-unlisted',
    severity: 'warning',
    why: 'A container may listen on port 10250 without listing it in ports, as metrics-server and the webhooks of cert-manager and external-secrets do by their defaults. The kubelet of the pod’s node has the port, and the container ends with “address already in use”. Read from arguments and probes, so not certain.',
    source: metricsServerPage,
    judges: 'pod',
    check: ({ containers }) =>
      containers
        .filter(({ field }) => !declaresKubeletPort(field))
        .flatMap((container) =>
          ifAny(kubeletPortUses(container.field), (uses) => ({
            container,
            text: `port ${kubeletPort} belongs to the kubelet on Fargate (${shortList(uses.map(readable))})`,
            fix: 'Use another port.',
          })),
        ),
  },
];

function hostPorts(container: Field): readonly string[] {
  return container
    .get('ports')
    .items()
    .flatMap((port) => {
      const hostPort = port.get('hostPort').integer() ?? 0;
      const hostIP = port.get('hostIP').text() ?? '';
      return [
        ...(hostPort === 0 ? [] : [`hostPort ${hostPort}`]),
        ...(hostIP === '' ? [] : [`hostIP ${readable(hostIP)}`]),
      ];
    });
}

function localhostProfiles(owner: Field): readonly string[] {
  return ['seccompProfile', 'appArmorProfile'].filter(
    (profile) => owner.get('securityContext').get(profile).get('type').text() === 'Localhost',
  );
}

function fromNode(profiles: readonly string[]): Problem {
  return {
    text: `${shortList(profiles)} of type Localhost requires a file on the node (unverified on Fargate)`,
    fix: 'Use type RuntimeDefault.',
  };
}

function declaresKubeletPort(container: Field): boolean {
  return container
    .get('ports')
    .items()
    .some((port) => port.get('containerPort').integer() === kubeletPort);
}

/** An option with the port or an address of it: `--secure-port=10250`, `--metrics-bind-address :10250`. */
const option = /--?[a-z-]{1,40}(?:=|\s)(?:[^\s/]{0,40}:)?10250(?!\S)/gu;

/** Arguments and probes of a container that name the port of the kubelet. */
function kubeletPortUses(container: Field): readonly string[] {
  const line = [...container.get('command').texts(), ...container.get('args').texts()].join(' ');
  const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'].filter((probe) =>
    ['httpGet', 'tcpSocket', 'grpc']
      .map((request) => container.get(probe).get(request))
      .some((request) => request.get('port').value === kubeletPort && !request.get('host').present),
  );
  const options = (line.includes(String(kubeletPort)) ? [...line.matchAll(option)] : [])
    .map(([text]) => text)
    .filter((text) => /port|addr|listen/u.test(text) && !text.includes('kubelet'));
  return [...options, ...probes];
}
