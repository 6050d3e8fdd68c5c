import type { Pod } from 'kubernetes-types/core/v1';
import { ownedBy, podsSelectedBy } from '../../../lib/commands/cluster/pods';

const pod = (name: string, namespace: string, labels: Readonly<Record<string, string>> = {}): Pod => ({
  metadata: { name, namespace, labels },
});
const pods = [pod('a', 'shop', { app: 'web' }), pod('b', 'shop'), pod('c', 'other', { app: 'web' })];

test.each([
  ['labels', { matchLabels: { app: 'web' } }, ['a']],
  ['nothing, which is every pod', {}, ['a', 'b']],
  ['by no selector, which is no pod', undefined, []],
])('a selector selects in its namespace: %s', (_what, selector, names) => {
  expect(podsSelectedBy(selector, 'shop', pods).map(({ metadata }) => metadata?.name)).toEqual(names);
});

test('an object is owned by any of its owners; those of nobody, and of others, are not', () => {
  const owned = (name: string, ...uids: readonly string[]) => ({
    metadata: { name, ownerReferences: uids.map((uid) => ({ apiVersion: 'v1', kind: 'X', name: 'x', uid })) },
  });
  const things = [owned('b', 'other', 'mine'), owned('a', 'mine'), owned('c', 'other'), { metadata: {} }];
  const names = ownedBy(things, [{ metadata: { uid: 'mine' } }, {}]).map(({ metadata }) => metadata);
  expect(names).toMatchObject([{ name: 'a' }, { name: 'b' }]);
});
