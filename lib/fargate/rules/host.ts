/** What a pod may not take from its host: on Fargate the host is not the customer's. */
import { readable } from '../manifest/kube-object';
import { itOrThem, shortList } from '../words';
import { baselineCapabilities } from './pod-security-standard';
import type { PodRule, Rule } from './rule';
import { fargatePage, metricsServerPage, podSecurityPage, privilegeEscalationPage } from './sources';

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
      containers.flatMap((container) => {
        const ports = container.field
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
        return ports.length === 0
          ? []
          : [
              {
                container,
                text: `Fargate does not support ${shortList(ports)}`,
                fix: `Remove ${itOrThem(ports)} from ports.`,
              },
            ];
      }),
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
    why: 'Fargate grants the default Linux capabilities only: they can be dropped, others cannot be added.',
    source: podSecurityPage,
    judges: 'pod',
    check: ({ containers }) =>
      containers.flatMap((container) => {
        const added = container.field.get('securityContext').get('capabilities').get('add').texts();
        const refused = added.filter(
          (name) => name !== '' && !defaultCapabilities.has(name.toUpperCase().replace(/^CAP_/u, '')),
        );
        return refused.length === 0
          ? []
          : [
              {
                container,
                text: `Fargate does not add capability ${shortList(refused.map(readable))}`,
                fix: `Remove ${itOrThem(refused)} from securityContext.capabilities.add.`,
              },
            ];
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
          .map(() => ({
            container,
            text: `containerPort ${kubeletPort} belongs to the kubelet on Fargate`,
            fix: 'Use another port.',
          })),
      ),
  },
];
