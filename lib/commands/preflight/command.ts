import { countsAs } from '../../fargate/finding';
import { exitStatus, type Command, type ExitStatus } from '../command';
import type { OptionValues } from '../option-table';
import { environmentNames, environmentOf, planOf } from '../settings-options';
import { Progress, type Io } from '../terminal';
import { readAcknowledgements } from './acknowledgements';
import { reportEnvironment } from './environment-report';
import { explain } from './explain';
import { reportFiles } from './file-report';
import { allEnvironments, preflightOptions, readOptions, type Options } from './options';
import { formatInputError } from './read-input';
import { chooseRegion } from './region';
import { renderJson } from './render-json';
import { renderMarkdown, renderMarkdownComparison } from './render-markdown';
import { renderComparison, renderTable } from './render-table';
import type { Report } from './report';

type Values = OptionValues<typeof preflightOptions>;

/** `npm run preflight`. */
export const preflight: Command<typeof preflightOptions> = {
  name: 'preflight',
  summary:
    'Says of every pod which Fargate profile it lands on, what size Fargate gives it, what that costs, and what Fargate would refuse: of an environment, or of any manifests.',
  positionals: '[FILE...]',
  options: preflightOptions,
  notes: `  helm template --skip-tests my-chart | npm run --silent preflight -- -f - --profile 'all:*'

docs/preflight.md has input, prices and JSON, docs/rules.md the rules.`,
  statuses: {
    0: 'no errors (warnings do not count)',
    1: 'errors',
    2: 'wrong usage or settings, or unreadable input',
  },
  run: async ({ values, positionals }, io) => {
    const options = readOptions(values, positionals);
    if (values.explain !== undefined) {
      io.stdout.write(`${explain(values.explain)}\n`);
      return exitStatus.held;
    }
    if (values.environment === allEnvironments) {
      const reports = environmentNames(values).map((environment) =>
        checkEnvironment({ ...values, environment }, io),
      );
      io.stdout.write(`${renderAll(reports, options, io).trimEnd()}\n`);
      return statusOf(reports);
    }
    const report =
      options.files.length === 0 ? checkEnvironment(values, io) : await checkFiles(options, values, io);
    io.stdout.write(`${render(report, options, io)}\n`);
    for (const error of report.unreadable) {
      io.stderr.write(`${formatInputError(error)}\n`);
    }
    return statusOf([report]);
  },
};

function checkEnvironment(values: Values, { env }: Io): Report {
  const plan = planOf(values);
  return reportEnvironment(plan, {
    region: chooseRegion({ option: values.region, setting: plan.environment.values.region, env }),
    acknowledgements: acknowledgementsOf(values),
    today: new Date(),
  });
}

/** Manifests in files land on the profiles of the command line, or else on those of the environment. */
async function checkFiles(options: Options, values: Values, { env, stderr }: Io): Promise<Report> {
  const { kubernetesVersion, region: setting } = environmentOf(values);
  const profiles =
    options.profiles ?? planOf(values).variants[0]!.clusters.flatMap((cluster) => cluster.profiles);
  const progress = new Progress(stderr);
  try {
    return await reportFiles(
      {
        ...options,
        profiles,
        kubernetesVersion,
        region: chooseRegion({ option: values.region, setting, env }),
        acknowledgements: acknowledgementsOf(values),
      },
      progress,
    );
  } finally {
    progress.end();
  }
}

function acknowledgementsOf({ acknowledgements }: Values) {
  return acknowledgements === undefined ? [] : readAcknowledgements(acknowledgements);
}

function statusOf(reports: readonly Report[]): ExitStatus {
  if (reports.some(({ unreadable }) => unreadable.length > 0)) {
    return exitStatus.unknown;
  }
  const failed = reports.some(({ findings }) => findings.some((finding) => countsAs('error', finding)));
  return failed ? exitStatus.failed : exitStatus.held;
}

function render(report: Report, { format }: Options, { stdout }: Io): string {
  switch (format) {
    case 'json':
      return renderJson(report);
    case 'markdown':
      return renderMarkdown(report);
    case 'table':
      return renderTable(report, stdout);
  }
}

function renderAll(reports: readonly Report[], { format }: Options, { stdout }: Io): string {
  switch (format) {
    case 'json':
      return renderJson(reports);
    case 'markdown':
      return renderMarkdownComparison(reports);
    case 'table':
      return renderComparison(reports, stdout);
  }
}
