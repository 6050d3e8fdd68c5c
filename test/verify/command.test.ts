import { brokenStates } from './support/broken-states';
import { deploy, runCommand, VerifyProcess, type Scenario } from './support/cluster';
import { healthyState, type Variant } from './support/states';
import type { Outcome } from './support/verify-process';

jest.setTimeout(30_000);

let command: VerifyProcess;
beforeAll(() => {
  command = new VerifyProcess();
});
afterAll(() => command.stop());

async function verify(
  scenario: Scenario,
  ...args: readonly string[]
): Promise<Outcome & { calls: readonly string[] }> {
  const deployment = await deploy(scenario);
  try {
    return { ...(await command.run({ args, env: deployment.env })), calls: deployment.calls() };
  } finally {
    await deployment.close();
  }
}

test.each<Variant>(['labelled', 'resized', 'scaled'])('%s', async (variant) => {
  const outcome = await verify({ variant });
  console.log(outcome.stdout, outcome.stderr, outcome.calls);
  expect(outcome.status).toBe(0);
});
