import { acknowledge } from '../../lib/fargate/acknowledge';
import { countsAs, type Finding } from '../../lib/fargate/finding';
import { check, object } from './support/manifests';

/** A Pod that breaks two rules, and what its author says of them. */
const pod = (acknowledgement?: unknown, name = 'cart') => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', annotations: { 'eks-fargate.io/acknowledge': acknowledgement } },
  spec: { containers: [{ name: 'cart' }], hostPID: true, hostIPC: true },
});

const shown = (findings: readonly Finding[]) =>
  findings.map(({ rule, acknowledged }) => [rule, acknowledged]);

test.each<[string, string, readonly (readonly [string, string | undefined])[]]>([
  [
    'one rule',
    'host-pid: profiler',
    [
      ['host-pid', 'profiler'],
      ['host-ipc', undefined],
    ],
  ],
  [
    'lines',
    'host-pid: profiler\nhost-ipc: shared memory\n',
    [
      ['host-pid', 'profiler'],
      ['host-ipc', 'shared memory'],
    ],
  ],
  [
    'semicolons',
    'host-pid: profiler; host-ipc:shared memory',
    [
      ['host-pid', 'profiler'],
      ['host-ipc', 'shared memory'],
    ],
  ],
  [
    'a reason with separators in it',
    'host-ipc: see ADR 4: it is fine; really\n  so far\nhost-pid: profiler',
    [
      ['host-pid', 'profiler'],
      ['host-ipc', 'see ADR 4: it is fine; really so far'],
    ],
  ],
])('the annotation accepts findings: %s', (_what, text, expected) => {
  expect(shown(check([pod(text)]).findings)).toEqual(expected);
});

test('what is acknowledged keeps its severity and message, and counts as nothing', () => {
  const [before] = check([pod()]).findings;
  const [after, other] = check([pod('host-pid: profiler')]).findings;
  expect(after).toEqual({ ...before, acknowledged: 'profiler' });
  expect([after!, other!].map((finding) => countsAs('error', finding))).toEqual([false, true]);
  expect([after!, other!].map((finding) => countsAs('warning', finding))).toEqual([false, false]);
});

test.each([
  [
    'a rule that finds nothing',
    'host-network: no reason to be here',
    'Pod shop/cart: annotation eks-fargate.io/acknowledge names host-network, which finds nothing here. Remove the entry, or write the id of the rule (docs/rules.md).',
  ],
  [
    'no reason',
    'host-pid:',
    'Pod shop/cart: annotation eks-fargate.io/acknowledge has no reason for "host-pid". Write "rule-id: why it is fine here".',
  ],
  [
    'text that is no entry',
    'all of it',
    'Pod shop/cart: annotation eks-fargate.io/acknowledge has no reason for "all of it". Write "rule-id: why it is fine here".',
  ],
])('%s acknowledges nothing, and is a warning', (_what, text, message) => {
  const { findings } = check([pod(text)]);
  expect(findings.filter(({ acknowledged }) => acknowledged !== undefined)).toEqual([]);
  expect(findings.filter(({ rule }) => rule === 'acknowledged-nothing')).toMatchObject([
    { severity: 'warning', object: 'Pod shop/cart', message, index: 0 },
  ]);
});

test('of a rule that is about stacks, files cannot say that it finds nothing', () => {
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'cart',
      annotations: { 'eks-fargate.io/acknowledge': 'secret-in-template: a test' },
    },
    stringData: { password: 'hunter2' },
  };
  expect(shown(check([secret]).findings)).toEqual([['secret-in-template', 'a test']]);
  expect(check([secret], { target: 'cluster' }).findings).toEqual([]);
});

test('all that an object acknowledges in vain is one finding', () => {
  const { findings } = check([pod('host-network: a; host-port: b; host-pid: c')]);
  const vain = findings.filter(({ rule }) => rule === 'acknowledged-nothing');
  expect(vain).toHaveLength(1);
  expect(vain[0]!.message).toMatch(/names host-network, .*names host-port, /u);
});

test('an annotation is about its own object, whatever another is called', () => {
  const list = {
    apiVersion: 'v1',
    kind: 'List',
    items: [pod('host-pid: profiler'), pod(undefined, 'other')],
  };
  expect(
    check([list]).findings.map(({ object: label, rule, acknowledged }) => [label, rule, acknowledged]),
  ).toEqual([
    ['Pod shop/cart', 'host-pid', 'profiler'],
    ['Pod shop/other', 'host-pid', undefined],
    ['Pod shop/cart', 'host-ipc', undefined],
    ['Pod shop/other', 'host-ipc', undefined],
  ]);
});

test('of the objects of a kind, those are left out that acknowledge what is true of all', () => {
  const policy = (name: string, annotations: object = {}) => ({
    ...object('networking.k8s.io/v1', 'NetworkPolicy'),
    metadata: { name, namespace: 'shop', annotations },
  });
  const accepted = policy('a', { 'eks-fargate.io/acknowledge': 'network-policy: a security group does it' });
  expect(check([accepted, policy('b')]).findings).toMatchObject([
    { object: 'NetworkPolicy shop/a', acknowledged: 'a security group does it' },
    { object: 'NetworkPolicy', message: expect.stringMatching(/^NetworkPolicy shop\/b: /u), index: 1 },
  ]);
});

test('an annotation that is no text is of the wrong type', () => {
  expect(check([pod(['host-pid'])]).findings).toContainEqual(expect.objectContaining({ rule: 'wrong-type' }));
});

test('a list accepts findings by rule and object, and says which of its entries match none', () => {
  const { findings } = check([pod()]);
  const accepted = acknowledge(findings, [
    { rule: 'host-pid', object: 'Pod shop/cart', reason: 'profiler' },
    { rule: 'host-ipc', object: 'Pod other/cart', reason: 'shared memory' },
  ]);
  expect(shown(accepted)).toEqual([
    ['host-pid', 'profiler'],
    ['host-ipc', undefined],
    ['acknowledged-nothing', undefined],
  ]);
  expect(accepted.at(-1)).toMatchObject({
    severity: 'warning',
    object: 'Pod other/cart',
    message:
      'Pod other/cart: host-ipc is acknowledged, and finds nothing there. Remove the entry, or write rule and object as the finding has them.',
    index: undefined,
  });
});
