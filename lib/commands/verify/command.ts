import { orList } from '../../wording';
import { UserError } from '../../user-error';
import type { CheckResult, Status } from './check';
import { notFollowedId, overall, runChecks } from './checks';
import { Deadline, type Clock } from './clock';
import { CouldNotLook } from './could-not-look';
import type { DeployedStack } from './deployed-stack';
import { expectedState, type PredictedPlan, type PredictedVariant } from './expect';
import { observeState } from './observe-state';
import { helpText, parseOptions, type VerifyOptions } from './options';
import { Progress, type Output } from './progress';
import { AwsReader } from './read-aws';
import { reachCluster, type ClusterAccess } from './reach-cluster';
import { formatJson, formatText, type Report } from './report';

/** What the command has to do with the process it runs in. */
export interface VerifyContext {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly stdout: Output & { hasColors?(): boolean };
  readonly stderr: Output;
  /** What the repository predicts. Called only when the command line is right: it builds every variant. */
  readonly loadPlan: () => PredictedPlan;
}

const exitStatus: Readonly<Record<Status, number>> = { held: 0, broken: 1, unknown: 2 };
/** Time between two looks of --watch, in milliseconds. */
const watchIntervalMs = 5_000;

/** `npm run verify`. Returns the exit status; see helpText. */
export async function verify(context: VerifyContext): Promise<number> {
  let json = false;
  try {
    const options = parseOptions(context.args);
    if (options === 'help') {
      context.stdout.write(helpText);
      return 0;
    }
    json = options.json;
    const { report, problem } = await look(options, context);
    context.stdout.write(
      json
        ? formatJson(report, problem)
        : formatText(report, {
            color: context.stdout.isTTY === true && context.stdout.hasColors?.() === true,
          }),
    );
    if (problem !== null) {
      context.stderr.write(`${problem}\n`);
    }
    return exitStatus[overall(report.results)];
  } catch (error) {
    if (!(error instanceof CouldNotLook || error instanceof UserError)) {
      throw error;
    }
    if (json) {
      context.stdout.write(formatJson(null, error.message));
    }
    context.stderr.write(`${error.message}\n`);
    return exitStatus.unknown;
  }
}

interface Look {
  readonly report: Report;
  /** Why the cluster could not be looked at, or `null`. */
  readonly problem: string | null;
}

/** @throws CouldNotLook if not even the stack can be looked at */
async function look(options: VerifyOptions, { env, clock, stderr, loadPlan }: VerifyContext): Promise<Look> {
  const plan = loadPlan();
  const asked = options.variant === null ? null : variantAskedFor(options.variant, plan);
  // The AWS CLI and the CDK know AWS_DEFAULT_REGION, the SDK for JavaScript does not. Set to nothing is not set.
  const aws = new AwsReader(env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || undefined);
  const stack = await aws.stack(plan.stackName);
  const expected = expectedState(asked ?? variantDeployed(stack, plan), plan.profiles, stack);

  const deadline = new Deadline(clock, options.timeoutMs);
  const progress = new Progress(stderr);
  const reach = () => reachCluster(expected, stack, aws, options.context, deadline, progress);
  const judge = async (access: ClusterAccess) =>
    runChecks(
      expected,
      await observeState(expected, stack, aws, 'cluster' in access ? access.cluster : null),
    );

  let access = await reach();
  let results = await judge(access);
  while (options.watch && mayChange(access, results) && deadline.leftMs > 0) {
    progress.show(`waiting for ${whatFor(access, results)}`, deadline.progress);
    await deadline.pause(watchIntervalMs);
    if ('problem' in access) {
      access = await reach();
    }
    results = await judge(access);
  }
  progress.end();
  return {
    report: {
      stack: stack.name,
      region: stack.region,
      cluster: stack.clusterName,
      variant: expected.variant,
      deployedVariant: stack.variant,
      results,
    },
    problem: 'problem' in access ? access.problem : null,
  };
}

function variantAskedFor(name: string, { variants }: PredictedPlan): PredictedVariant {
  const names = variants.map(({ variant }) => variant);
  const found = variants.find(({ variant }) => variant === name);
  if (found === undefined) {
    throw new UserError([`unknown --variant "${name}": choose ${orList(names)}`]);
  }
  return found;
}

function variantDeployed(
  { name, variant: deployed }: DeployedStack,
  { variants }: PredictedPlan,
): PredictedVariant {
  const found = variants.find(({ variant }) => variant === deployed);
  if (found === undefined) {
    throw new CouldNotLook(
      `stack ${name} was deployed with variant "${deployed}", which this revision does not know`,
      'Check out the revision that was deployed, or name a variant with --variant',
    );
  }
  return found;
}

/** Whether time may still change the results. */
function mayChange(access: ClusterAccess, results: readonly CheckResult[]): boolean {
  return !('problem' in access && access.isFinal) && titlesToWaitFor(results).length > 0;
}

function whatFor(access: ClusterAccess, results: readonly CheckResult[]): string {
  return 'problem' in access ? `the cluster: ${access.problem}` : titlesToWaitFor(results).join(', ');
}

function titlesToWaitFor(results: readonly CheckResult[]): readonly string[] {
  return results
    .filter(({ id, status }) => status !== 'held' && id !== notFollowedId)
    .map(({ title }) => title);
}
