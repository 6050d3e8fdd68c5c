/** What a pod may not take from its host: on Fargate the host is not the customer's. */
import { inContainer, type PodRule, type Rule } from './rule';
import { fargatePage, metricsServerPage, podSecurityPage, privilegeEscalationPage } from './sources';

const hostNamespace = (id: string, field: string, why: string): PodRule => ({
  id,
  severity: 'error',
  why,
  source: fargatePage,
  judges: 'pod',
  check: ({ spec }) =>
    spec.get(field).flag()
      ? [{ text: `${field} true is not supported on Fargate. Remove ${spec.get(field).path}.` }]
      : [],
});

/** What a Fargate pod has without asking, as the page lists them, and so what `add` may name after `drop: [ALL]`. */
const defaultCapabilities = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'NET_RAW',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

const kubeletPort = 10250;

export const hostRules: readonly Rule[] = [
  hostNamespace(
    'host-network',
    'hostNetwork',
    'Each pod has a network interface of its own; the scheduler refuses a pod that wants the host’s.',
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
        container.field
          .get('ports')
          .items()
          .flatMap((port) => {
            const hostPort = port.get('hostPort').integer() ?? 0;
            const hostIP = port.get('hostIP').text() ?? '';
            return [
              ...(hostPort === 0 ? [] : [{ field: port.get('hostPort'), text: `hostPort ${hostPort}` }]),
              ...(hostIP === '' ? [] : [{ field: port.get('hostIP'), text: `hostIP ${hostIP}` }]),
            ];
          })
          .map(({ field, text }) => ({
            container,
            text: `${text} is not supported on Fargate. Remove ${inContainer(container, field)}.`,
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
          text: 'privileged true is not supported on Fargate. Remove securityContext.privileged.',
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
          text: 'allowPrivilegeEscalation true has been refused by the Fargate scheduler (unverified today). Remove securityContext.allowPrivilegeEscalation, or set it to false.',
        })),
  },
  {
    id: 'capabilities',
    severity: 'error',
    why: 'Fargate grants the default Linux capabilities only: they can be dropped, others cannot be added.',
    source: podSecurityPage,
    judges: 'pod',
    check: ({ containers }) =>
      containers.flatMap((container) => {
        const add = container.field.get('securityContext').get('capabilities').get('add');
        return add
          .items()
          .map((item) => ({ item, name: item.text() ?? '' }))
          .filter(
            ({ name }) => name !== '' && !defaultCapabilities.has(name.toUpperCase().replace(/^CAP_/u, '')),
          )
          .map(({ item, name }) => ({
            container,
            text: `capability ${name} is not in the default set, and Fargate adds none. Remove ${inContainer(container, item)}.`,
          }));
      }),
  },
  {
    id: 'kubelet-port',
    severity: 'error',
    why: 'The kubelet of the pod’s node listens on port 10250 in the pod’s own network: a container cannot.',
    source: metricsServerPage,
    judges: 'pod',
    check: ({ containers }) =>
      containers.flatMap((container) =>
        container.field
          .get('ports')
          .items()
          .filter((port) => port.get('containerPort').integer() === kubeletPort)
          .map((port) => ({
            container,
            text: `containerPort ${kubeletPort} is taken by the kubelet on Fargate. Let the container listen on another port, and change ${inContainer(container, port.get('containerPort'))}.`,
          })),
      ),
  },
];
