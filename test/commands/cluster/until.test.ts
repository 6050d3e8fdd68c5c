import { Progress } from '../../../lib/commands/terminal';
import { Deadline, systemClock } from '../../../lib/commands/cluster/until';

/** How long it sleeps, looking every three seconds for something that does not come before the time in `at`. */
async function pauses(timeoutMs: number, at = Number.POSITIVE_INFINITY): Promise<readonly number[]> {
  let now = 0;
  const slept: number[] = [];
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      slept.push(ms);
      now += ms;
    },
  };
  const deadline = new Deadline(
    clock,
    timeoutMs,
    new Progress({ write: () => true }, clock.now),
    new AbortController().signal,
  );
  await deadline.until(
    async () => now,
    (seen) => (seen >= at ? undefined : 'it'),
    3_000,
  );
  return slept;
}

test('the last pause ends with the time', async () => {
  expect(await pauses(10_000)).toEqual([3_000, 3_000, 3_000, 1_000]);
});

test('no time is one look', async () => {
  expect(await pauses(0)).toEqual([]);
});

test('it ends with what it waits for', async () => {
  expect(await pauses(10_000, 4_000)).toEqual([3_000, 3_000]);
});

test('it ends at once when somebody interrupts it', async () => {
  const controller = new AbortController();
  const progress = new Progress({ write: () => true });
  const deadline = new Deadline(systemClock, 60_000, progress, controller.signal);
  const waiting = deadline.until(
    async () => controller.abort(),
    () => 'it',
    60_000,
  );
  await expect(waiting).rejects.toThrow('aborted');
});
