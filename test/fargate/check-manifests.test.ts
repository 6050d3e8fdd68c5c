import * as fc from 'fast-check';
import { runRule } from '../../lib/fargate/run-rule';
import { wordFindings } from '../../lib/fargate/word-findings';
import { readObjects } from '../../lib/fargate/manifest/kube-object';
import type { Facts, Rule } from '../../lib/fargate/rules/rule';
import { check, container, deployment, object } from './support/manifests';

const podSpec = { containers: [container()] };

test.each([
  object('v1', 'Service', { spec: { selector: { app: 'cart' } } }),
  object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { spec: { template: {} } }),
  object('v1', 'PodTemplate', { template: { spec: podSpec } }),
])('$kind brings no pods', (manifest) => {
  expect(check([manifest]).pods).toEqual([]);
});

test('a List counts as its members, under its own position', () => {
  const list = {
    apiVersion: 'v1',
    kind: 'List',
    items: [deployment(), object('v1', 'Pod', { spec: { ...podSpec, hostPID: true } }, 'p')],
  };
  const { pods, findings } = check([object('v1', 'Service'), list]);
  expect(pods.map(({ index, object: name }) => [index, name])).toEqual([
    [1, 'Deployment shop/cart'],
    [1, 'Pod shop/p'],
  ]);
  expect(findings).toMatchObject([{ rule: 'host-pid', object: 'Pod shop/p', index: 1 }]);
});

test('the items of a typed list are of its type, unless they say another', () => {
  const named = { metadata: { name: 'cart', namespace: 'shop' }, spec: { containers: [{ name: 'c' }] } };
  const list = {
    apiVersion: 'v1',
    kind: 'PodList',
    items: [named, { ...named, kind: 'Job', apiVersion: 'batch/v1' }, 'text'],
  };
  const { pods, findings } = check([list]);
  expect(pods.map(({ object: label }) => label)).toEqual(['Pod shop/cart', 'Job shop/cart']);
  expect(findings).toContainEqual(expect.objectContaining({ rule: 'not-an-object' }));
  expect(check([{ ...list, kind: 'List', items: [named] }]).pods).toEqual([]);
});

test('lists inside lists have an end', () => {
  const nested = Array.from({ length: 12 }).reduce<unknown>(
    (items) => ({ apiVersion: 'v1', kind: 'List', items: [items] }),
    deployment(),
  );
  expect(check([nested]).findings.map(({ message }) => message)).toEqual([
    'List (no name): is a list 8 lists deep. Write its items in a list of their own.',
  ]);
});

test('objects without a namespace belong to the default one, cluster-wide ones to none', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: podSpec };
  const role = {
    apiVersion: 'rbac.authorization.k8s.io/v1beta1',
    kind: 'ClusterRole',
    metadata: { name: 'r' },
  };
  expect(check([pod, role]).pods).toMatchObject([{ object: 'Pod default/p', namespace: 'default' }]);
  expect(check([pod, role], { defaultNamespace: 'shop' }).pods).toMatchObject([{ object: 'Pod shop/p' }]);
  expect(check([role]).findings).toMatchObject([{ object: 'ClusterRole r' }]);
});

test.each([
  ['v1', 'LimitRange'],
  ['v1', 'ResourceQuota'],
  ['coordination.k8s.io/v1', 'Lease'],
  ['events.k8s.io/v1', 'Event'],
  ['discovery.k8s.io/v1', 'EndpointSlice'],
])('a %s %s without a namespace is one of the default namespace', (apiVersion, kind) => {
  const twice = ['shop', undefined].map((namespace) => ({
    apiVersion,
    kind,
    metadata: { name: 'a', namespace },
  }));
  expect(check(twice, { defaultNamespace: 'shop' }).findings).toMatchObject([
    { rule: 'duplicate-object', object: `${kind} shop/a` },
  ]);
});

test('findings come in the order of the objects', () => {
  const broken = (name: string) =>
    object('v1', 'Pod', { spec: { ...podSpec, hostPID: true, hostNetwork: true } }, name);
  expect(check([broken('b'), null, broken('a')]).findings.map(({ index, rule }) => [index, rule])).toEqual([
    [0, 'host-network'],
    [0, 'host-pid'],
    [1, 'not-an-object'],
    [2, 'host-network'],
    [2, 'host-pid'],
  ]);
});

test('init containers are called so', () => {
  const pod = deployment({ initContainers: [{ name: 'setup', securityContext: { privileged: true } }] });
  expect(check([pod]).findings[0]?.message).toBe(
    'Deployment shop/cart, init container "setup": Fargate does not support privileged containers. Remove securityContext.privileged.',
  );
});

test.each(['\u2028', '\u2029', '\u0085'])('%j ends no line', (character) => {
  const named = object('v1', 'Pod', { spec: { ...podSpec, hostPID: true } }, `a${character}b`);
  expect(check([named]).findings[0]?.message).toMatch(/^Pod shop\/a\\u(2028|2029|0085)b: /u);
});

test('control characters do not reach the terminal', () => {
  const named = object('v1', 'Pod', { spec: { ...podSpec, hostPID: true } }, 'a\u001B[31m\nb');
  expect(check([named]).findings[0]?.message).toContain(
    String.raw`Pod shop/a\u001b[31m\u000ab: Fargate does not support hostPID. Remove spec.hostPID.`,
  );
  const labelled = deployment({}, { labels: { 'a\u001B[2J': 1 } });
  expect(check([labelled]).findings[0]?.message).toContain(
    String.raw`metadata.labels.a\u001b[2J is the number 1`,
  );
});

test('a rule that throws is an error, never a pass', () => {
  const origin = (index: number) => `object ${index + 1}`;
  const { objects } = readObjects([deployment()], 'default', origin);
  const facts: Facts = {
    profiles: [],
    kubernetesMinor: 36,
    inTemplate: true,
    internet: true,
    appliedFromGit: () => false,
    defaultNamespace: 'default',
    origin,
    objects,
    rejected: [],
    pods: [],
    podsOffFargate: [],
    metricsSource: 'all',
  };
  const broken = {
    id: 'broken',
    severity: 'warning',
    why: '',
    source: 'https://example.com',
    check: (): never => {
      throw new Error('no such thing');
    },
  } as const;
  const report = (rule: Rule) => wordFindings(runRule(rule, facts), new Map());
  expect(report({ ...broken, judges: 'object' })).toEqual([
    {
      rule: 'broken',
      severity: 'error',
      object: 'Deployment shop/cart',
      message:
        'Deployment shop/cart: rule broken failed (no such thing), so the object counts as refused. This is a defect of the rule: please report it.',
      source: 'https://example.com',
      index: 0,
    },
  ]);
  expect(report({ ...broken, judges: 'kind', group: 'apps', kind: 'Deployment' })).toMatchObject([
    { severity: 'error', message: expect.stringContaining('Deployment shop/cart: rule broken failed') },
  ]);
  expect(report({ ...broken, judges: 'together' })).toMatchObject([
    { severity: 'error', object: 'all objects', index: 0 },
  ]);
});

test('a version that is none is refused', () => {
  expect(() => check([], { kubernetesVersion: 'v1.36' })).toThrow(
    'kubernetesVersion "v1.36" is not of the form 1.36',
  );
});

/** Manifests whose every field may hold anything. */
const anything = fc.anything({ withBigInt: false, maxDepth: 2 });
const field = fc.oneof(
  { weight: 1, arbitrary: anything },
  { weight: 1, arbitrary: fc.constantFrom([], {}, '', 0, '${Token[T.1]}') },
);
const hostile = fc.record(
  {
    apiVersion: fc.oneof(
      field,
      fc.constantFrom('v1', 'apps/v1', 'batch/v1', 'policy/v1', 'storage.k8s.io/v1'),
    ),
    kind: fc.constantFrom(
      'constructor',
      'Pod',
      'Deployment',
      'Job',
      'CronJob',
      'StatefulSet',
      'DaemonSet',
      'Service',
      'List',
      'PodDisruptionBudget',
      'PersistentVolumeClaim',
      'StorageClass',
      'ConfigMap',
      'Secret',
    ),
    metadata: fc.oneof(
      field,
      fc.record({ name: field, namespace: field, labels: field, annotations: field }, { requiredKeys: [] }),
    ),
    items: field,
    data: field,
    spec: fc.oneof(
      field,
      fc.record(
        {
          replicas: field,
          selector: field,
          volumeClaimTemplates: field,
          containers: fc.oneof(
            field,
            fc.array(
              fc.record(
                { name: field, ports: field, resources: field, securityContext: field },
                { requiredKeys: [] },
              ),
              { maxLength: 2 },
            ),
          ),
          initContainers: field,
          volumes: field,
          affinity: field,
          nodeSelector: field,
          template: fc.oneof(
            field,
            fc.record({
              metadata: field,
              spec: fc.record(
                { containers: field, volumes: field, affinity: field, topologySpreadConstraints: field },
                { requiredKeys: [] },
              ),
            }),
          ),
        },
        { requiredKeys: [] },
      ),
    ),
  },
  { requiredKeys: ['kind'] },
);

test('no value in any field makes it throw, or a rule fail', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(hostile, anything), { maxLength: 3 }), (objects) => {
      const { findings } = check(objects);
      expect(findings.filter(({ message }) => message.includes('This is a defect'))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
