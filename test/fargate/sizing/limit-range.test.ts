import { formatCapacity } from '../../../lib/fargate/sizing/pod-size';
import { check, container, deployment, withResources, type Manifest } from '../support/manifests';

const limitRange = (limits: Manifest, extra: { namespace?: string; type?: string } = {}): Manifest => {
  const { namespace = 'shop', type = 'Container' } = extra;
  return {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'defaults', namespace },
    spec: { limits: [{ type, ...limits }] },
  };
};
const small = { cpu: '500m', memory: '1Gi' };
const large = { cpu: 1, memory: '2Gi' };

/** Admission writes the defaults into a pod before Fargate sizes it. */
test.each<[string, readonly Manifest[], string]>([
  ['a default request', [limitRange({ defaultRequest: large }), deployment()], '1vCPU 3GB'],
  ['a default limit, which is a request too', [limitRange({ default: large }), deployment()], '1vCPU 3GB'],
  [
    'a default request below the default limit',
    [limitRange({ defaultRequest: small, default: large }), deployment()],
    '0.5vCPU 2GB',
  ],
  ['a maximum, which is a default limit', [limitRange({ max: large }), deployment()], '1vCPU 3GB'],
  ['a minimum, which is a default request', [limitRange({ min: small }), deployment()], '0.5vCPU 2GB'],
  ['a minimum below the default', [limitRange({ min: small, default: large }), deployment()], '1vCPU 3GB'],
  [
    'several, of which the first fills in',
    [limitRange({ defaultRequest: { cpu: 1 } }), limitRange({ defaultRequest: small }), deployment()],
    '1vCPU 2GB',
  ],
  [
    'requests of its own',
    [limitRange({ defaultRequest: large }), withResources({ requests: small })],
    '0.5vCPU 2GB',
  ],
  [
    'limits of its own',
    [limitRange({ defaultRequest: large }), withResources({ limits: small })],
    '0.5vCPU 2GB',
  ],
  [
    'a LimitRange for pods',
    [limitRange({ default: large }, { type: 'Pod' }), deployment()],
    '0.25vCPU 0.5GB',
  ],
  [
    'a LimitRange of another namespace',
    [limitRange({ default: large }, { namespace: 'other' }), deployment()],
    '0.25vCPU 0.5GB',
  ],
  [
    'a default that is no quantity',
    [limitRange({ default: { cpu: 'lots', memory: '1Gi' } }), deployment()],
    '0.25vCPU 2GB',
  ],
  [
    'a LimitRange of another API group',
    [{ ...limitRange({ default: large }), apiVersion: 'example.com/v1' }, deployment()],
    '0.25vCPU 0.5GB',
  ],
  [
    'several containers, each with the default',
    [
      limitRange({ defaultRequest: small }),
      deployment({
        containers: [container(), container({ name: 'helper' })],
        initContainers: [container({ name: 'setup' })],
      }),
    ],
    '1vCPU 3GB',
  ],
])('a pod is sized with %s', (_what, objects, size) => {
  const [pod] = check(objects).pods;
  expect(formatCapacity(pod!.size!)).toBe(size);
});
