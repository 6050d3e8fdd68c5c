import { container, deployment, withContainer } from './manifests';
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
      withContainer({ securityContext: { capabilities: { add: ['NET_ADMIN', 'CHOWN', 'SYS_PTRACE'] } } }),
    ],
    says: [
      'Deployment shop/cart, container "cart": Fargate does not add capability NET_ADMIN, SYS_PTRACE. Remove them from securityContext.capabilities.add.',
    ],
    passes: {
      'default ones added back': [
        withContainer({
          securityContext: {
            capabilities: {
              drop: ['ALL'],
              add: [
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
              ],
            },
          },
        }),
      ],
      'one in small letters, of which nothing is known': [
        withContainer({ securityContext: { capabilities: { add: ['chown'] } } }),
      ],
      'one known at deploy time': [
        withContainer({ securityContext: { capabilities: { add: ['${Token[TOKEN.1]}'] } } }),
      ],
    },
  },
  {
    rule: 'capabilities',
    fails: [withContainer({ securityContext: { capabilities: { add: ['CAP_CHOWN', 'NET_ADMIN'] } } })],
    says: [
      'Deployment shop/cart, container "cart": Fargate does not add capability CAP_CHOWN, NET_ADMIN. Write names of the default set without CAP_, and remove others.',
    ],
    passes: {},
  },
  {
    rule: 'sysctl',
    fails: [
      deployment({
        securityContext: {
          sysctls: [
            { name: 'net.core.somaxconn', value: '1024' },
            { name: 'net.ipv4.tcp_syncookies', value: '1' },
            { name: 'kernel.msgmax', value: '1' },
          ],
        },
      }),
    ],
    says: [
      'Deployment shop/cart: Fargate does not allow unsafe sysctl net.core.somaxconn, kernel.msgmax. Remove them from spec.template.spec.securityContext.sysctls.',
    ],
    passes: {
      'a safe one': [
        deployment({ securityContext: { sysctls: [{ name: 'net.ipv4.tcp_keepalive_time', value: '60' }] } }),
      ],
      'one known at deploy time': [
        deployment({ securityContext: { sysctls: [{ name: '${Token[TOKEN.1]}' }] } }),
      ],
    },
  },
  {
    rule: 'sysctl',
    fails: [
      deployment({ securityContext: { sysctls: [{ name: 'net.ipv4.tcp_keepalive_time', value: '60' }] } }),
    ],
    says: [
      'Deployment shop/cart: Fargate does not allow unsafe sysctl net.ipv4.tcp_keepalive_time. Remove it from spec.template.spec.securityContext.sysctls.',
    ],
    passes: {
      'one that is safe since that version': [
        deployment({ securityContext: { sysctls: [{ name: 'net.ipv4.ip_local_reserved_ports' }] } }),
      ],
    },
    options: { kubernetesVersion: '1.28' },
  },
  {
    rule: 'sysctl',
    fails: [],
    says: [],
    passes: {
      'the first version that counts it as safe': [
        deployment({ securityContext: { sysctls: [{ name: 'net.ipv4.tcp_keepalive_time' }] } }),
      ],
    },
    options: { kubernetesVersion: '1.29' },
  },
  {
    rule: 'runtime-class',
    fails: [deployment({ runtimeClassName: 'gvisor' })],
    says: [
      'Deployment shop/cart: runtimeClassName gvisor requires a runtime on the node (unverified on Fargate). Remove spec.template.spec.runtimeClassName.',
    ],
    passes: { 'no name': [deployment({ runtimeClassName: '' })] },
  },
  {
    rule: 'localhost-profile',
    fails: [
      deployment({
        securityContext: { appArmorProfile: { type: 'Localhost', localhostProfile: 'cart' } },
        containers: [
          container({
            securityContext: { seccompProfile: { type: 'Localhost', localhostProfile: 'cart.json' } },
          }),
        ],
      }),
    ],
    says: [
      'Deployment shop/cart: appArmorProfile of type Localhost requires a file on the node (unverified on Fargate); seccompProfile of type Localhost requires a file on the node (unverified on Fargate) (container "cart"). Use type RuntimeDefault.',
    ],
    passes: {
      'the default of the runtime': [
        deployment({
          securityContext: {
            appArmorProfile: { type: 'RuntimeDefault' },
            seccompProfile: { type: 'Unconfined' },
          },
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
  {
    rule: 'kubelet-port-unlisted',
    fails: [
      withContainer({ args: ['--cert-dir=/tmp', '--secure-port=10250'] }),
      withContainer({ command: ['webhook'], args: ['--port', '10250', '--metrics-addr=:10250'] }),
      withContainer({ command: ['sh', '-c', 'exec serve --listen 0.0.0.0:10250'] }),
      withContainer({
        livenessProbe: { tcpSocket: { port: 10250 } },
        readinessProbe: { httpGet: { port: 10250 } },
        startupProbe: { grpc: { port: 10250 } },
      }),
    ],
    says: [
      'Deployment shop/cart, container "cart": port 10250 belongs to the kubelet on Fargate (--secure-port=10250). Use another port.',
      'Deployment shop/cart, container "cart": port 10250 belongs to the kubelet on Fargate (--port 10250, --metrics-addr=:10250). Use another port.',
      'Deployment shop/cart, container "cart": port 10250 belongs to the kubelet on Fargate (--listen 0.0.0.0:10250). Use another port.',
      'Deployment shop/cart, container "cart": port 10250 belongs to the kubelet on Fargate (livenessProbe, readinessProbe, startupProbe). Use another port.',
    ],
    passes: {
      'a port that is an error already': [
        withContainer({ args: ['--secure-port=10250'], ports: [{ containerPort: 10250 }] }),
      ],
      'the kubelets of others': [
        withContainer({ args: ['--kubelet-port=10250', '--url=https://node.example:10250/metrics'] }),
      ],
      'other numbers': [
        withContainer({ args: ['--secure-port=102500', '--secure-port=10251', '--id=10250'] }),
      ],
      'a probe of another host': [
        withContainer({ livenessProbe: { httpGet: { port: 10250, host: 'node.example' } } }),
      ],
      'a probe by name': [withContainer({ livenessProbe: { httpGet: { port: 'https' } } })],
    },
  },
];
