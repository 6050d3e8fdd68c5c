import { deployment, withContainer } from './manifests';
import type { RuleCase } from './rule-cases';

export const hostCases: readonly RuleCase[] = [
  {
    rule: 'host-network',
    fails: [deployment({ hostNetwork: true })],
    says: [
      'Deployment shop/cart: hostNetwork true is not supported on Fargate. Remove spec.template.spec.hostNetwork.',
    ],
    passes: { 'hostNetwork false': [deployment({ hostNetwork: false })] },
  },
  {
    rule: 'host-pid',
    fails: [deployment({ hostPID: true })],
    says: [
      'Deployment shop/cart: hostPID true is not supported on Fargate. Remove spec.template.spec.hostPID.',
    ],
    passes: { 'processes shared inside the pod': [deployment({ shareProcessNamespace: true })] },
  },
  {
    rule: 'host-ipc',
    fails: [deployment({ hostIPC: true })],
    says: [
      'Deployment shop/cart: hostIPC true is not supported on Fargate. Remove spec.template.spec.hostIPC.',
    ],
    passes: { 'hostIPC false': [deployment({ hostIPC: false })] },
  },
  {
    rule: 'host-port',
    fails: [
      withContainer({
        ports: [
          { containerPort: 8080, hostPort: 8080 },
          { containerPort: 9090, hostIP: '10.0.0.1' },
        ],
      }),
    ],
    says: [
      'Deployment shop/cart, container "cart": hostPort 8080 is not supported on Fargate. Remove ports[0].hostPort.',
      'Deployment shop/cart, container "cart": hostIP 10.0.0.1 is not supported on Fargate. Remove ports[1].hostIP.',
    ],
    passes: {
      'a containerPort': [withContainer({ ports: [{ containerPort: 8080 }] })],
      'hostPort 0, which is none': [withContainer({ ports: [{ containerPort: 8080, hostPort: 0 }] })],
    },
  },
  {
    rule: 'privileged',
    fails: [withContainer({ securityContext: { privileged: true } })],
    says: [
      'Deployment shop/cart, container "cart": privileged true is not supported on Fargate. Remove securityContext.privileged.',
    ],
    passes: { 'privileged false': [withContainer({ securityContext: { privileged: false } })] },
  },
  {
    rule: 'privilege-escalation',
    fails: [withContainer({ securityContext: { allowPrivilegeEscalation: true } })],
    says: [
      'Deployment shop/cart, container "cart": allowPrivilegeEscalation true has been refused by the Fargate scheduler (unverified today). Remove securityContext.allowPrivilegeEscalation, or set it to false.',
    ],
    passes: {
      'escalation forbidden': [withContainer({ securityContext: { allowPrivilegeEscalation: false } })],
    },
  },
  {
    rule: 'capabilities',
    fails: [
      withContainer({ securityContext: { capabilities: { add: ['NET_ADMIN', 'CHOWN', 'CAP_SYS_PTRACE'] } } }),
    ],
    says: [
      'Deployment shop/cart, container "cart": capability NET_ADMIN is not in the default set, and Fargate adds none. Remove securityContext.capabilities.add[0].',
      'Deployment shop/cart, container "cart": capability CAP_SYS_PTRACE is not in the default set, and Fargate adds none. Remove securityContext.capabilities.add[2].',
    ],
    passes: {
      'a default one added back': [
        withContainer({
          securityContext: { capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE', 'cap_chown'] } },
        }),
      ],
    },
  },
  {
    rule: 'kubelet-port',
    fails: [withContainer({ ports: [{ containerPort: 80 }, { containerPort: 10250 }] })],
    says: [
      'Deployment shop/cart, container "cart": containerPort 10250 is taken by the kubelet on Fargate. Let the container listen on another port, and change ports[1].containerPort.',
    ],
    passes: { 'port 10251': [withContainer({ ports: [{ containerPort: 10251 }] })] },
  },
];
