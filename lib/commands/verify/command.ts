import type { EnvironmentPlan, VariantPlan } from '../../stack/plan-environment';
import { UserError } from '../../user-error';
import { exitStatus, type Command, type CommandInput, type ExitStatus } from '../command';
import { CouldNotLook } from '../could-not-look';
import { untilInterrupted } from '../interruption';
import { planOf } from '../settings-options';
import { Progress, type Io } from '../terminal';
import { variantNamed } from '../variant-named';
import { awsCli } from './aws-cli';
import { readDeployedStacks } from './deployed-stacks';
import { worst } from '../cluster/check';
import { openCluster } from './connect';
import { formatDetails } from './details';
import { judgeGone } from './gone';
import { timeoutOf, verifyOptions, type VerifyValues } from './options';
import { formatText, type ClusterReport, type Report } from './report';
import { Deadline, systemClock, type Clock } from '../cluster/until';
import { verifyCluster } from './verify-cluster';

/** What the command has to do with the world; a test brings its own. */
export interface World {
  readonly clock: Clock;
  readonly planOf: (values: VerifyValues) => EnvironmentPlan;
  readonly awsCli: typeof awsCli;
  readonly openCluster: typeof openCluster;
}

/** Steps of the walk-through in the README, and what an operator looks at in addition. */
const steps = [
  'IAM roles',
  'Fargate profiles',
  'Scheduled on Fargate',
  'Resources and logging',
  'Scaled out',
  'Operations',
];

/** `npm run verify`, in a world of its own. */
export function verifyIn(world: World): Command<typeof verifyOptions> {
  return {
    name: 'verify',
    summary:
      'Compares what is deployed with what the environment plans: roles, Fargate profiles, workloads, pods. Changes nothing.',
    options: verifyOptions,
    notes: `AWS is asked with the AWS CLI, and the cluster with kubectl: credentials, region and kubeconfig are theirs.
docs/verify.md lists the permissions.`,
    statuses: {
      0: 'every check holds',
      1: 'one does not',
      2: 'could not look, or not at everything, and the output says why',
    },
    run: async (input, io) => {
      try {
        return await untilInterrupted((signal) => run(input, io, world, signal));
      } catch (error) {
        if (input.values.json && error instanceof UserError) {
          io.stdout.write(toJson({ status: 'unknown', problem: error.message, clusters: [] }));
        }
        throw error;
      }
    },
  };
}

/** `npm run verify`. */
export const verify = verifyIn({ clock: systemClock, planOf, awsCli, openCluster });

async function run(
  { values }: CommandInput<typeof verifyOptions>,
  io: Io,
  { clock, planOf: planEnvironment, awsCli: cli, openCluster: open }: World,
  signal: AbortSignal,
): Promise<ExitStatus> {
  const deadline = new Deadline(clock, timeoutOf(values), new Progress(io.stderr, clock.now), signal);
  const planned = planEnvironment(values);
  const { environment, variants, vpcIsKnown } = planned;
  const { stackNames, clusters } = variants[0]!;
  // Set to nothing is not set.
  const region =
    environment.values.region ?? (io.env['AWS_REGION'] || io.env['AWS_DEFAULT_REGION'] || undefined);
  const surroundings = { env: io.env, signal };
  const aws = cli(surroundings, region);
  const about = { environment: environment.name, stacks: stackNames };
  const names = stackNames.join(', ');
  if (values.gone) {
    const clusterNames = clusters.map(({ clusterName }) => clusterName);
    const checks = await judgeGone(aws, stackNames, clusterNames);
    const report = {
      title: `${names}, destroyed`,
      steps: ['Left behind'],
      clusters: [{ cluster: '', checks }],
    };
    return print(report, about, values, io);
  }
  if (!vpcIsKnown) {
    throw new CouldNotLook(
      `the subnets of vpcId "${environment.values.vpcId}" are not known here, and the names of the Fargate profiles depend on them`,
      'Look the VPC up with the credentials of its account: npx cdk synth --quiet, which writes cdk.context.json',
    );
  }
  const { region: place, variant: deployed } = await readDeployedStacks(aws, stackNames);
  const chosen = chooseVariant(planned, values, deployed);
  const reports: ClusterReport[] = [];
  for (const plan of chosen.clusters) {
    const report = await verifyCluster(plan, {
      environment: chosen,
      aws,
      region: place,
      open: (server) => open(server, values.context, surroundings),
      deadline,
      watch: values.watch,
    });
    reports.push(values.details ? report : { ...report, details: undefined });
  }
  const title = `${names} in ${place}${describeVariant(chosen.variant, deployed)}`;
  const facts = { ...about, region: place, variant: chosen.variant, deployedVariant: deployed };
  return print({ title, steps, clusters: reports }, facts, values, io);
}

/**
 * The variant to check against: the one that `-c variant=NAME` asks for, or else the one that is deployed.
 *
 * @throws UserError if the first does not exist, CouldNotLook if the second does not.
 */
function chooseVariant(
  environment: EnvironmentPlan,
  { setting }: VerifyValues,
  deployed: string | undefined,
): VariantPlan {
  const { variants } = environment;
  const asked = setting.findLast((text) => text.startsWith('variant='))?.slice('variant='.length);
  if (asked !== undefined && variants[0]?.variant !== undefined) {
    return variantNamed(environment, asked);
  }
  const found = variants.find(({ variant }) => variant === undefined || variant === deployed);
  if (found !== undefined) {
    return found;
  }
  throw deployed === undefined
    ? new CouldNotLook(
        'no stack has the output Variant: no deploy came to its end',
        'Deploy it: npx cdk deploy',
      )
    : new CouldNotLook(
        `the stack was deployed with variant "${deployed}", which this revision does not know`,
        'Check out the revision that was deployed, or name a variant with -c variant=NAME',
      );
}

function describeVariant(variant: string | undefined, deployed: string | undefined): string {
  const besides = variant === deployed ? '' : ` (deployed: ${deployed ?? 'unknown'})`;
  return variant === undefined ? '' : `, checked against variant ${variant}${besides}`;
}

function print(report: Report, about: object, { json }: VerifyValues, { stdout, stderr }: Io): ExitStatus {
  const { clusters } = report;
  const status = worst(clusters.flatMap(({ checks }) => checks));
  stdout.write(json ? toJson({ ...about, status, clusters }) : formatText(report, stdout));
  for (const { problem, details } of clusters) {
    if (details && !json) {
      stdout.write(formatDetails(details));
    }
    if (problem !== undefined) {
      stderr.write(`${problem}\n`);
    }
  }
  return status === 'held' ? exitStatus.held : status === 'broken' ? exitStatus.failed : exitStatus.unknown;
}

function toJson(document: object): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
