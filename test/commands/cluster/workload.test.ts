import { labelsCheck } from '../../../lib/commands/cluster/scheduling';
import { judgeAll } from '../../../lib/commands/cluster/check';
import type { ClusterView } from '../../../lib/commands/cluster/look-at-cluster';
import { notFollowedBecause } from '../../../lib/commands/cluster/workload';
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
  const profiles = [
    { name: 'shop', selectors: [{ namespace: 'shop', labels: { 't*': 'sho?' } }] },
    { name: 'other', selectors: [{ namespace: 'shop', labels: { compute: 'fargate' } }] },
  ];
  const verdict = (carried: Readonly<Record<string, string>>) => {
    const subject = { label: 'web', pod: { metadata: { labels: carried } }, owner: { planned } };
    const view = { plan: { profiles }, pods: () => [subject] } as unknown as ClusterView;
    return judgeAll(view, [labelsCheck])[0]!.subjects[0];
  };
  expect(verdict({ team: 'shop' })).toMatchObject({ status: 'held', observed: 'team=shop' });
  expect(verdict({ tier: 'back' })).toMatchObject({ status: 'broken', observed: 'lacks team=shop' });
});
