import * as fc from 'fast-check';
import { formatCapacity, podSizes, podSize } from '../../../lib/fargate/sizing/pod-size';
import { check, deployment, withResources } from '../support/manifests';

/** Requests, or limits only, and what was provisioned on real clusters or is printed in AWS documents. */
test.each([
  [{}, '0.25vCPU 0.5GB'],
  [{ requests: { cpu: '250m', memory: '512Mi' } }, '0.25vCPU 1GB'],
  [{ requests: { cpu: '1', memory: '2.5G' } }, '1vCPU 3GB'],
  [{ requests: { cpu: '1', memory: '1750M' } }, '1vCPU 2GB'],
  [{ requests: { cpu: '500m', memory: '750M' } }, '0.5vCPU 1GB'],
  [{ requests: { cpu: '1', memory: '3750M' } }, '1vCPU 4GB'],
  [{ requests: { cpu: '1', memory: '8Gi' } }, '2vCPU 9GB'],
  [{ requests: { cpu: '250m', memory: '256M' } }, '0.25vCPU 0.5GB'],
  [{ limits: { cpu: '2000m', memory: '2Gi' } }, '2vCPU 4GB'],
])('%j is provisioned as %s', (resources, capacity) => {
  const [pod] = check([withResources(resources)]).pods;
  expect(formatCapacity(pod!.size!)).toBe(capacity);
});

test('bounds are inclusive', () => {
  const size = (cpu: string, memory: string) =>
    check([withResources({ requests: { cpu, memory } })]).pods[0]!.size;
  expect(size('250m', '1792Mi')).toEqual({ milliCpu: 250, memoryMiB: 2048 });
  expect(size('250m', '1793Mi')).toEqual({ milliCpu: 500, memoryMiB: 3072 });
  expect(size('251m', '1Mi')).toEqual({ milliCpu: 500, memoryMiB: 1024 });
  expect(size('8', '59Gi')).toEqual({ milliCpu: 8000, memoryMiB: 60 * 1024 });
  expect(size('16', '122624Mi')).toEqual({ milliCpu: 16000, memoryMiB: 120 * 1024 });
  expect(size('16', '122625Mi')).toBeUndefined();
  expect(size('16001m', '1Mi')).toBeUndefined();
});

test('init containers count by the highest, the others by their sum', () => {
  const asking = (name: string, cpu: string, memory: string) => ({
    name,
    resources: { requests: { cpu, memory } },
  });
  const pod = deployment({
    initContainers: [asking('migrate', '2', '128Mi'), asking('seed', '1', '128Mi')],
    containers: [asking('cart', '500m', '1Gi'), asking('proxy', '250m', '1Gi')],
  });
  expect(check([pod]).pods[0]!.size).toEqual({ milliCpu: 2000, memoryMiB: 4096 });
});

test('a sidecar counts with the long-running containers, and beside the init containers after it', () => {
  const asking = (name: string, cpu: string, more: object = {}) => ({
    name,
    resources: { requests: { cpu } },
    ...more,
  });
  const pod = deployment({
    initContainers: [asking('proxy', '500m', { restartPolicy: 'Always' }), asking('migrate', '1')],
    containers: [asking('cart', '250m')],
  });
  expect(check([pod]).pods[0]!.size).toEqual({ milliCpu: 2000, memoryMiB: 4096 });
});

test('an init container after a sidecar counts with it, also when one before asks for more', () => {
  const asking = (name: string, cpu: string, more: object = {}) => ({
    name,
    resources: { requests: { cpu } },
    ...more,
  });
  const pod = deployment({
    initContainers: [
      asking('fetch', '1'),
      asking('proxy', '500m', { restartPolicy: 'Always' }),
      asking('migrate', '800m'),
    ],
  });
  expect(check([pod]).pods[0]!.size).toMatchObject({ milliCpu: 2000 });
});

test('the sizes of the user guide', () => {
  expect(podSizes.map(formatCapacity).filter((_, index) => index < 8)).toEqual([
    '0.25vCPU 0.5GB',
    '0.25vCPU 1GB',
    '0.25vCPU 2GB',
    '0.5vCPU 1GB',
    '0.5vCPU 2GB',
    '0.5vCPU 3GB',
    '0.5vCPU 4GB',
    '1vCPU 2GB',
  ]);
  expect(podSizes).toHaveLength(3 + 4 + 7 + 13 + 23 + 12 + 12);
});

const mib = 1024n ** 2n * 10n ** 9n;
const requests = fc.record({
  cpu: fc.bigInt(0n, 17n * 10n ** 9n),
  memory: fc.bigInt(0n, 125n * 1024n * mib),
});
const carries = (size: { milliCpu: number; memoryMiB: number }, request: { cpu: bigint; memory: bigint }) =>
  BigInt(size.milliCpu) * 10n ** 6n >= request.cpu &&
  BigInt(size.memoryMiB) * mib >= request.memory + 256n * mib;

test('never smaller than asked, Fargate’s own 256 MiB included', () => {
  fc.assert(
    fc.property(requests, (request) => {
      const size = podSize(request);
      expect(size === undefined || carries(size, request)).toBe(true);
    }),
  );
});

test('minimal: no size that carries the request has less vCPU, or as much and less memory', () => {
  fc.assert(
    fc.property(requests, (request) => {
      const best = podSizes
        .filter((size) => carries(size, request))
        .toSorted((a, b) => a.milliCpu - b.milliCpu || a.memoryMiB - b.memoryMiB)[0];
      expect(podSize(request)).toEqual(best);
    }),
  );
});

test('monotone: whoever asks for more gets no smaller vCPU', () => {
  fc.assert(
    fc.property(requests, requests, (a, b) => {
      const both = { cpu: a.cpu > b.cpu ? a.cpu : b.cpu, memory: a.memory > b.memory ? a.memory : b.memory };
      const sizes = [podSize(a), podSize(both)].map((size) => size?.milliCpu ?? Number.POSITIVE_INFINITY);
      expect(sizes[1]).toBeGreaterThanOrEqual(sizes[0]!);
    }),
  );
});
