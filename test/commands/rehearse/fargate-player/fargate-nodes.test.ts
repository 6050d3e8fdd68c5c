import type { Api } from '../../../../lib/commands/rehearse/cluster/api';
import { FargateNodes, type LiveNode } from '../../../../lib/commands/rehearse/fargate-player/fargate-nodes';
import { admittedPod } from '../support/live-pods';

const leases = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases';
const node = (name: string, uid = '1'): LiveNode => ({
  metadata: { name, annotations: { 'fargate-player/pod': uid } },
});

/** Nodes on an API server that notes what is asked of it, and has the lease of node `old`. */
function nodesOn(calls: string[]): FargateNodes {
  const note =
    (verb: string) =>
    async (at: string): Promise<void> =>
      void calls.push(`${verb} ${at}`);
  const api = {
    find: async (at: string) => (at === `${leases}/old` ? {} : undefined),
    create: note('create'),
    patch: note('patch'),
    delete: note('delete'),
  };
  return new FargateNodes(api as unknown as Api, { region: 'eu-west-1', kubelet: 'v1.36.3' });
}

test('every node gives a sign of life each ten seconds', async () => {
  const calls: string[] = [];
  const nodes = nodesOn(calls);
  const now = jest.spyOn(performance, 'now');
  const beatAt = async (time: number): Promise<readonly string[]> => {
    now.mockReturnValue(time);
    await nodes.beat([node('old'), node('new')]);
    return calls.splice(0);
  };
  const signs = [`patch ${leases}/old`, `create ${leases}`];
  expect(await beatAt(20_000)).toEqual(signs);
  expect(await beatAt(29_999)).toEqual([]);
  expect(await beatAt(30_000)).toEqual(signs);
});

test('a node goes when its pod is gone, or is on another', async () => {
  const calls: string[] = [];
  const pods = [admittedPod({ nodeName: 'here' })];
  await nodesOn(calls).removeUnused([node('here'), node('elsewhere'), node('gone', '2')], pods);
  expect(calls).toEqual(
    ['elsewhere', 'gone'].flatMap((name) => [`delete /api/v1/nodes/${name}`, `delete ${leases}/${name}`]),
  );
});
