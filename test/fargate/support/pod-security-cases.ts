import { container, deployment, withContainer, type Manifest } from './manifests';
import type { RuleCase } from './rule-cases';

const namespace = (enforce?: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', labels: enforce ? { 'pod-security.kubernetes.io/enforce': enforce } : {} },
});

const closed = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const restricted = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };

/** A Deployment shop/cart with the security contexts of pod and container. */
const secured = (pod: Manifest, own: Manifest): Manifest =>
  deployment({ securityContext: pod, containers: [container({ securityContext: own })] });

/** A pod with what the standard forbids since 1.34. */
const probing = withContainer({ livenessProbe: { httpGet: { host: '10.0.0.1', port: 80 } } });
const namespaceAt = (version: string): Manifest => ({
  ...namespace(),
  metadata: {
    name: 'shop',
    labels: {
      'pod-security.kubernetes.io/enforce': 'baseline',
      'pod-security.kubernetes.io/enforce-version': version,
    },
  },
});

export const podSecurityCases: readonly RuleCase[] = [
  {
    rule: 'pod-security',
    fails: [
      namespace('restricted'),
      deployment({
        initContainers: [{ ...container(), name: 'prepare', securityContext: { ...closed, ...restricted } }],
      }),
    ],
    says: [
      'Deployment shop/cart: namespace shop refuses the pod (Pod Security restricted). Write runAsNonRoot: true, seccompProfile.type: RuntimeDefault for the pod; allowPrivilegeEscalation: false, capabilities.drop: [ALL] for container "cart".',
    ],
    passes: {
      'a pod that asks for nothing': [namespace('restricted'), secured(restricted, closed)],
      'a container that says all itself': [
        namespace('restricted'),
        secured({}, { ...restricted, ...closed }),
      ],
      'a port below 1024': [
        namespace('restricted'),
        secured(restricted, { ...closed, capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } }),
      ],
      'a namespace that enforces less': [namespace('baseline'), deployment()],
      'a namespace that enforces the least': [namespace('privileged'), deployment({ hostPID: true })],
      'a namespace that enforces nothing': [namespace(), deployment()],
      'a namespace that is not among the manifests': [deployment()],
    },
  },
  {
    rule: 'pod-security',
    fails: [
      namespace('baseline'),
      deployment(
        {
          securityContext: {
            appArmorProfile: { type: 'Unconfined' },
            seLinuxOptions: { type: 'spc_t', user: 'root', role: 'admin' },
            windowsOptions: { hostProcess: true },
            sysctls: [{ name: 'kernel.msgmax', value: '1' }],
          },
          containers: [
            container({
              securityContext: {
                privileged: true,
                procMount: 'Unmasked',
                capabilities: { add: ['NET_ADMIN'] },
              },
            }),
          ],
        },
        { annotations: { 'container.apparmor.security.beta.kubernetes.io/cart': 'unconfined' } },
      ),
    ],
    says: [
      'Deployment shop/cart: namespace shop refuses the pod (Pod Security baseline). Write no unsafe sysctls, no annotation container.apparmor.security.beta.kubernetes.io/cart, appArmorProfile.type: RuntimeDefault, no seLinuxOptions.type, no seLinuxOptions.user, no seLinuxOptions.role, no windowsOptions.hostProcess for the pod; no capabilities.add beyond the default set, no privileged, no procMount for container "cart".',
    ],
    passes: {
      'labels of Pod Security on another kind': [
        { ...namespace('restricted'), kind: 'ConfigMap' },
        deployment(),
      ],
    },
  },
  {
    rule: 'pod-security',
    fails: [
      namespace('restricted'),
      secured(
        { ...restricted, runAsUser: 1000 },
        { ...closed, runAsNonRoot: false, runAsUser: 0, capabilities: { drop: ['ALL'], add: ['CHOWN'] } },
      ),
    ],
    says: [
      'Deployment shop/cart: namespace shop refuses the pod (Pod Security restricted). Write no capabilities.add, runAsNonRoot: true, a runAsUser other than 0 for container "cart".',
    ],
    passes: {},
  },
  {
    // Pod and containers are held to it each for itself, although the containers' settings win at run time.
    rule: 'pod-security',
    fails: [
      namespace('restricted'),
      secured(
        { runAsNonRoot: false, runAsUser: 0, seccompProfile: { type: 'Unconfined' } },
        { ...closed, ...restricted, runAsUser: 1000 },
      ),
    ],
    says: [
      'Deployment shop/cart: namespace shop refuses the pod (Pod Security restricted). Write seccompProfile.type: RuntimeDefault, runAsNonRoot: true, a runAsUser other than 0 for the pod.',
    ],
    passes: {
      'a profile of its own': [
        namespace('restricted'),
        secured(
          { ...restricted, seccompProfile: { type: 'Localhost', localhostProfile: 'cart.json' } },
          { ...closed, seccompProfile: { type: 'Localhost', localhostProfile: 'cart.json' } },
        ),
      ],
      'a profile known at deploy time': [
        namespace('restricted'),
        secured({ ...restricted, seccompProfile: { type: '${Token[TOKEN.1]}' } }, closed),
      ],
    },
  },
  {
    rule: 'pod-security',
    fails: [
      namespace('restricted'),
      secured(restricted, { ...closed, seccompProfile: { type: 'Unconfined' } }),
      secured({ ...restricted, seccompProfile: {} }, closed),
    ],
    says: [
      'Deployment shop/cart: namespace shop refuses the pod (Pod Security restricted). Write seccompProfile.type: RuntimeDefault for container "cart".',
      'Deployment shop/cart: namespace shop refuses the pod (Pod Security restricted). Write seccompProfile.type: RuntimeDefault for the pod.',
    ],
    passes: {},
  },
  {
    rule: 'pod-security',
    fails: [
      namespace('restricted'),
      deployment({
        initContainers: ['setup', 'migrate'].map((name) => ({
          ...container(),
          name,
          securityContext: restricted,
        })),
        containers: [
          container({
            ports: [{ containerPort: 80, hostPort: 80 }],
            securityContext: { ...closed, ...restricted },
          }),
        ],
        volumes: ['a', 'b'].map((name) => ({ name, nfs: { server: 'fs.example', path: '/' } })),
        hostPID: true,
      }),
    ],
    says: [
      'Deployment shop/cart: namespace shop refuses the pod (Pod Security restricted). Write no hostPID, no nfs volume for the pod; allowPrivilegeEscalation: false, capabilities.drop: [ALL] for init containers "setup", "migrate"; no hostPort for container "cart".',
    ],
    passes: {
      'values known at deploy time': [
        namespace('restricted'),
        deployment({
          securityContext: {
            runAsNonRoot: '${Token[TOKEN.1]}',
            seccompProfile: '${Token[TOKEN.2]}',
            seLinuxOptions: { user: '${Token[TOKEN.3]}', type: '${Token[TOKEN.4]}' },
            appArmorProfile: { type: '${Token[TOKEN.5]}' },
            sysctls: [{ name: '${Token[TOKEN.6]}' }],
          },
          containers: [
            container({
              securityContext: {
                allowPrivilegeEscalation: '${Token[TOKEN.7]}',
                capabilities: { drop: ['${Token[TOKEN.8]}'], add: ['${Token[TOKEN.9]}'] },
                procMount: '${Token[TOKEN.10]}',
              },
              livenessProbe: { httpGet: { host: '${Token[TOKEN.11]}' } },
            }),
          ],
        }),
      ],
    },
  },
  {
    // An API server knows no version of the standard that is newer than itself.
    rule: 'pod-security',
    fails: [],
    says: [],
    passes: {
      'what the standard forbids since 1.34': [namespace('baseline'), probing, namespaceAt('v1.36')],
    },
    options: { kubernetesVersion: '1.33' },
  },
  {
    rule: 'pod-security',
    fails: [namespace('baseline'), probing],
    says: [
      'Deployment shop/cart: namespace shop refuses the pod (Pod Security baseline). Write no host in probes and lifecycle for container "cart".',
    ],
    passes: { 'a namespace that enforces an older version': [namespaceAt('v1.33'), probing] },
  },
];
