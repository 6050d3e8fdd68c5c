import type { Container, PodSpec } from 'kubernetes-types/core/v1';
import { judgePod } from '../../../../lib/commands/rehearse/fargate-player/pod-verdict';
import { admittedPod } from '../support/live-pods';

const rules = { profiles: [{ name: 'web', selectors: [{ namespace: 'shop' }] }], kubernetesVersion: '1.36' };
const withContainer = (container: Partial<Container>): Partial<PodSpec> => ({
  containers: [{ name: 'web', image: 'web:1', ...container }],
});

test.each<readonly [requests: Record<string, string>, capacity: string]>([
  [{}, '0.25vCPU 0.5GB'],
  [{ cpu: '1', memory: '2.5G' }, '1vCPU 3GB'],
])('a pod that requests %j is placed, with %s', (requests, capacity) => {
  expect(judgePod(admittedPod(withContainer({ resources: { requests } })), rules)).toEqual({
    placed: true,
    capacity,
  });
});

test.each<readonly [words: string, spec: Partial<PodSpec>]>([
  [
    'Pod not supported on Fargate: fields not supported: HostNetwork, invalid SecurityContext fields: Privileged, port contains HostIP or HostPort',
    {
      hostNetwork: true,
      ...withContainer({
        securityContext: { privileged: true },
        ports: [{ containerPort: 80, hostPort: 80 }],
      }),
    },
  ],
  ['Pod not supported on Fargate: fields not supported: HostPID, HostIPC', { hostPID: true, hostIPC: true }],
  [
    'Pod not supported on Fargate: invalid SecurityContext fields: Capabilities added: SYS_ADMIN',
    withContainer({ securityContext: { capabilities: { add: ['SYS_ADMIN'] } } }),
  ],
  [
    'Pod not supported on Fargate: volumes not supported: host is of an unsupported volume Type',
    {
      volumes: [
        { name: 'scratch', emptyDir: {} },
        { name: 'host', hostPath: { path: '/' } },
      ],
    },
  ],
  [
    "Your pod's cpu/memory requirements exceed the max Fargate configuration",
    withContainer({ resources: { requests: { cpu: '17' } } }),
  ],
])('the scheduler says: %s', (message, spec) => {
  expect(judgePod(admittedPod(spec), rules)).toEqual({
    placed: false,
    scheduler: 'fargate-scheduler',
    message,
  });
});

test('what the scheduler is not known to say, the rule says', () => {
  expect(judgePod(admittedPod({ nodeSelector: { 'kubernetes.io/arch': 'arm64' } }), rules)).toMatchObject({
    placed: false,
    message: expect.stringContaining('kubernetes.io/arch=arm64'),
  });
});

test('a pod of no profile waits for the scheduler of Kubernetes, and hears why', () => {
  const pod = admittedPod({ schedulerName: 'default-scheduler' });
  expect(judgePod({ ...pod, metadata: { ...pod.metadata, namespace: 'other' } }, rules)).toMatchObject({
    placed: false,
    scheduler: 'default-scheduler',
    message: expect.stringContaining('matches no Fargate profile'),
  });
});

test('a pod that says it is for EC2 waits, although a profile matches', () => {
  const { metadata, spec } = admittedPod({ schedulerName: 'default-scheduler' });
  const annotations = { 'eks.amazonaws.com/compute-type': 'ec2' };
  expect(judgePod({ metadata: { ...metadata, annotations }, spec }, rules)).toMatchObject({
    placed: false,
    scheduler: 'default-scheduler',
  });
});

test('a disagreement of API server and engine is a defect, not a verdict', () => {
  expect(() => judgePod(admittedPod({}, { profile: 'other' }), rules)).toThrow(
    'pod shop/web-1 was admitted to other, and is predicted on',
  );
});
