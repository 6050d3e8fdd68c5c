import { runCommand } from '../../../../lib/commands/run-command';
import type { CheckResult } from '../../../../lib/commands/cluster/check';
import { verifyIn, type World } from '../../../../lib/commands/verify/command';
import type { EnvironmentPlan } from '../../../../lib/stack/plan-environment';
import { awsStandIn, healthyAws, type AwsState } from './aws-stand-in';
import { healthyCluster, type ClusterState } from './healthy-cluster';
import { KubernetesStandIn, type Refusals } from './kubernetes-stand-in';
import { shop, shopVariant } from './shop';

/** Both sides of a deployment. */
export interface State {
  readonly aws: AwsState;
  readonly cluster: ClusterState;
}

/** The shop as it should be. */
export function healthyShop(variant: 'small' | 'large' = 'small'): State {
  const plan = shopVariant(variant).clusters[0]!;
  const aws = healthyAws(plan, {
    stackName: 'Shop',
    variant,
    logGroup: '/aws/eks/shop-cluster/pods',
    logActions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  });
  return { aws, cluster: healthyCluster(plan) };
}

/** A healthy state with something changed. */
export function changed(change: (state: State) => unknown, variant: 'small' | 'large' = 'small'): State {
  const state = healthyShop(variant);
  change(state);
  return state;
}

export interface Scenario {
  /** @default healthyShop() */
  readonly state?: State | ((looks: number) => State);
  /** @default the shop */
  readonly plan?: () => EnvironmentPlan;
  readonly awsErrors?: Readonly<Record<string, string>>;
  readonly refusals?: Refusals;
  /** Opens the cluster. */
  readonly open?: World['openCluster'];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What AWS and the cluster were asked. */
  readonly asked: readonly string[];
  /** Regions that AWS was asked in. */
  readonly regions: readonly (string | undefined)[];
}

/** Runs the command against stand-ins. Time passes at once, and only while the command waits. */
export async function runVerify(scenario: Scenario, ...args: readonly string[]): Promise<Outcome> {
  const { state = healthyShop(), plan = () => shop, awsErrors = {}, refusals, env = {} } = scenario;
  let looks = 0;
  let current = typeof state === 'function' ? state(0) : state;
  const asked: string[] = [];
  const regions: (string | undefined)[] = [];
  let now = 0;
  const api = new KubernetesStandIn(() => current.cluster, refusals);
  const world: World = {
    clock: {
      now: () => now,
      sleep: async (ms) => {
        now += ms;
        looks += 1;
        current = typeof state === 'function' ? state(looks) : state;
      },
    },
    planOf: plan,
    awsCli: (_env, region) => {
      regions.push(region);
      return awsStandIn(() => current.aws, awsErrors, asked);
    },
    openCluster: scenario.open ?? (async () => ({ get: (path) => api.get(path), stop: async () => {} })),
  };
  let stdout = '';
  let stderr = '';
  const io = {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    env,
  };
  const status = await runCommand(verifyIn(world), args, io);
  return { status, stdout, stderr, asked: [...asked, ...api.asked], regions };
}

/** What each check says of a state, at one look. */
export async function checksOf(
  scenario: Scenario,
  ...args: readonly string[]
): Promise<readonly CheckResult[]> {
  const { stdout } = await runVerify(scenario, '--json', '--timeout=0s', ...args);
  return JSON.parse(stdout).clusters.flatMap(({ checks }: { checks: CheckResult[] }) => checks);
}
