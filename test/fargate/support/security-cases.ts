import { container, deployment, type Manifest } from './manifests';
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

export const securityCases: readonly RuleCase[] = [
  {
    rule: 'pod-security',
    fails: [
      namespace('restricted'),
      deployment({
        initContainers: [{ ...container(), name: 'prepare', securityContext: { ...closed, ...restricted } }],
      }),
    ],
    says: [
      'Deployment shop/cart, container "cart": namespace shop enforces Pod Security "restricted", which refuses the pod. Write allowPrivilegeEscalation: false, capabilities.drop: [ALL], runAsNonRoot: true, seccompProfile.type: RuntimeDefault in securityContext.',
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
      'a namespace that enforces nothing': [namespace(), deployment()],
      'a namespace that is not among the manifests': [deployment()],
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
      'Deployment shop/cart, container "cart": namespace shop enforces Pod Security "restricted", which refuses the pod. Write no capabilities.add, runAsNonRoot: true, a runAsUser other than 0 in securityContext.',
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
      'Deployment shop/cart: namespace shop enforces Pod Security "restricted", which refuses the pod. Write runAsNonRoot: true, a runAsUser other than 0, seccompProfile.type: RuntimeDefault in spec.template.spec.securityContext.',
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
      'Deployment shop/cart, container "cart": namespace shop enforces Pod Security "restricted", which refuses the pod. Write seccompProfile.type: RuntimeDefault in securityContext.',
      'Deployment shop/cart: namespace shop enforces Pod Security "restricted", which refuses the pod. Write seccompProfile.type: RuntimeDefault in spec.template.spec.securityContext.',
    ],
    passes: {},
  },
];
