import { deployment, withContainer } from './manifests';
import type { RuleCase } from './rule-cases';

export const hostCases: readonly RuleCase[] = [
  {
    rule: 'host-network',
    fails: [deployment({ hostNetwork: true })],
    says: [
      'Deployment shop/cart: Fargate does not support hostNetwork. Remove spec.template.spec.hostNetwork.',
    ],
    passes: { 'hostNetwork false': [deployment({ hostNetwork: false })] },
  },
  {
    rule: 'host-pid',
    fails: [deployment({ hostPID: true })],
    says: ['Deployment shop/cart: Fargate does not support hostPID. Remove spec.template.spec.hostPID.'],
    passes: { 'processes shared inside the pod': [deployment({ shareProcessNamespace: true })] },
  },
  {
    rule: 'host-ipc',
    fails: [deployment({ hostIPC: true })],
    says: ['Deployment shop/cart: Fargate does not support hostIPC. Remove spec.template.spec.hostIPC.'],
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
      'Deployment shop/cart, container "cart": Fargate does not support hostPort 8080, hostIP 10.0.0.1. Remove them from ports.',
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
      'Deployment shop/cart, container "cart": Fargate does not support privileged containers. Remove securityContext.privileged.',
    ],
    passes: { 'privileged false': [withContainer({ securityContext: { privileged: false } })] },
  },
  {
    rule: 'privilege-escalation',
    fails: [withContainer({ securityContext: { allowPrivilegeEscalation: true } })],
    says: [
      'Deployment shop/cart, container "cart": the Fargate scheduler refused allowPrivilegeEscalation in 2020 (unverified today). Set securityContext.allowPrivilegeEscalation to false.',
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
      'Deployment shop/cart, container "cart": Fargate does not add capability NET_ADMIN, CAP_SYS_PTRACE. Remove them from securityContext.capabilities.add.',
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
      'Deployment shop/cart, container "cart": containerPort 10250 belongs to the kubelet on Fargate. Use another port.',
    ],
    passes: { 'port 10251': [withContainer({ ports: [{ containerPort: 10251 }] })] },
  },
];
