import { labelsCheck } from '../../../lib/commands/cluster/scheduling';
import { Judged } from '../../../lib/commands/cluster/check';
import { notFollowedBecause, type PodSubject } from '../../../lib/commands/cluster/workload';
import type { PodPlan } from '../../../lib/fargate/pod-plan';
import { shopVariant } from '../verify/support/shop';

const web = shopVariant('small')
  .clusters[0]!.check()
  .pods.find(({ name }) => name === 'web');

test.each<[Partial<PodPlan>, string | undefined]>([
  [{}, undefined],
  [{ kind: 'Pod' }, undefined],
  [{ kind: 'ReplicaSet' }, undefined],
  [{ kind: 'ReplicationController' }, 'only its controller knows what becomes of a ReplicationController'],
  [{ kind: 'DaemonSet' }, 'a DaemonSet gets no pod on Fargate'],
  [{ helmTest: true }, 'it runs on helm test only'],
  [{ profile: undefined }, 'it matches no Fargate profile: npm run preflight says why'],
])('a workload with %j is followed, unless %s', (change, reason) => {
  expect(notFollowedBecause({ ...web!, ...change })).toBe(reason);
});

test('a pod has to carry those of its labels that the profile selects by, wildcards included', () => {
  const labels = { team: 'shop', tier: 'back', compute: 'fargate' };
  const planned = { ...web!, labels };
  const { judge } = labelsCheck([
    { name: 'shop', selectors: [{ namespace: 'shop', labels: { 't*': 'sho?' } }] },
    { name: 'other', selectors: [{ namespace: 'shop', labels: { compute: 'fargate' } }] },
  ]);
  const verdict = (carried: Readonly<Record<string, string>>) =>
    judge(
      { pod: { metadata: { labels: carried } }, owner: { planned } } as unknown as PodSubject,
      new Judged(),
    );
  expect(verdict({ team: 'shop' })).toMatchObject({ status: 'held', observed: 'team=shop' });
  expect(verdict({ tier: 'back' })).toMatchObject({ status: 'broken', observed: 'lacks team=shop' });
});
