import { Deadline } from '../../../lib/commands/verify/clock';
import { CouldNotLook } from '../../../lib/commands/verify/could-not-look';
import type { ObservedWorkloads } from '../../../lib/commands/verify/observed';
import { Progress } from '../../../lib/commands/verify/progress';
import { waitForRollout } from '../../../lib/commands/verify/wait-for-rollout';
import { expectedOf, healthyState, type State } from './support/states';

type Look = (state: State) => void;

/** Waits 10 s at the most while the looks are had one after the other, the last one again and again. */
async function wait(...looks: readonly Look[]): Promise<{ readonly looks: number; readonly told: string }> {
  let now = 0;
  let made = 0;
  let told = '';
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms;
    },
  };
  const read = async (): Promise<ObservedWorkloads> => {
    const state = healthyState('scaled');
    const look = looks[Math.min(made, looks.length - 1)];
    made += 1;
    look?.(state);
    return state;
  };
  const progress = new Progress({ write: (text) => (told += text) });
  await waitForRollout(expectedOf('scaled').workloads, read, new Deadline(clock, 10_000), progress);
  return { looks: made, told };
}

const healthy: Look = () => undefined;
const available = (count: number): Look => {
  return (state) =>
    Object.assign(state.deployments[0] ?? {}, { readyReplicas: count, availableReplicas: count });
};
const ending: Look = (state) => {
  const [pod] = state.pods;
  state.pods.push({
    ...pod!,
    name: 'old',
    replicaSet: 'checkout-6c9f7d5b8',
    deletedAt: '2026-11-22T10:00:00Z',
  });
};

test('does not wait for what is complete', async () => {
  expect(await wait(healthy)).toEqual({ looks: 1, told: '' });
});

test('looks every two seconds until the rollout is complete', async () => {
  expect(await wait(available(1), available(1), available(2), healthy)).toEqual({
    looks: 4,
    told:
      'waiting for the rollout: checkout 1 of 3 ready, 1 of 3 available; checkout-redis 1 of 1 ready (0s of 10s)\n' +
      'waiting for the rollout: checkout 2 of 3 ready, 2 of 3 available; checkout-redis 1 of 1 ready (4s of 10s)\n',
  });
});

test('waits for leftover pods to end', async () => {
  expect(await wait(ending, healthy)).toEqual({
    looks: 2,
    told: 'waiting for the rollout: leftover pods to end: old (0s of 10s)\n',
  });
});

test('waits for pods that scaling in has ended, though their ReplicaSet is the current one', async () => {
  const scaledIn: Look = (state) => {
    ending(state);
    Object.assign(state.pods.at(-1) ?? {}, { name: 'surplus', replicaSet: state.pods[0]?.replicaSet });
  };
  expect(await wait(scaledIn, healthy)).toEqual({
    looks: 2,
    told: 'waiting for the rollout: leftover pods to end: surplus (0s of 10s)\n',
  });
});

test('gives up when the time is up', async () => {
  expect(await wait(available(1))).toMatchObject({ looks: 6 });
});

test.each<[string, Look]>([
  [
    'Kubernetes has given up',
    (state) =>
      Object.assign(state.deployments[0] ?? {}, {
        availableReplicas: 1,
        conditions: [
          { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: '' },
        ],
      }),
  ],
  ['there is no such Deployment', (state) => state.deployments.pop()],
  [
    'an older pod was left behind',
    (state) => {
      ending(state);
      Object.assign(state.pods.at(-1) ?? {}, { deletedAt: null });
    },
  ],
])('does not wait when time changes nothing: %s', async (_what, look) => {
  expect(await wait(look)).toMatchObject({ looks: 1 });
});

const fail: Look = () => {
  throw new CouldNotLook('no route', 'Find one');
};

test('a first look that fails is the end', async () => {
  await expect(wait(fail)).rejects.toThrow('no route. Find one.');
});

test('a later look that fails is made again', async () => {
  expect(await wait(available(1), fail, healthy)).toMatchObject({
    looks: 3,
    told: expect.stringContaining('waiting for the rollout: no route. Find one. (2s of 10s)'),
  });
});
