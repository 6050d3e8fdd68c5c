import { exitStatus, type Command } from '../command';
import type { OptionValues } from '../option-table';
import { environmentOf, planOf } from '../settings-options';
import { Progress, type Output } from '../terminal';
import { countsAs } from '../../fargate/finding';
import { reportEnvironment } from './environment-report';
import { reportFiles } from './file-report';
import { preflightOptions, readOptions, type Options } from './options';
import { formatInputError } from './read-input';
import { renderJson } from './render-json';
import { renderMarkdown } from './render-markdown';
import { renderTable } from './render-table';
import { allFindings, type Report } from './report';

type Values = OptionValues<typeof preflightOptions>;

/** `npm run preflight`. */
export const preflight: Command<typeof preflightOptions> = {
  name: 'preflight',
  summary:
    'Says of every pod which Fargate profile it lands on, what size Fargate gives it, what that costs, and what Fargate would refuse: of an environment, or of any manifests.',
  options: preflightOptions,
  notes: `  helm template my-chart | npm run --silent preflight -- -f - --profile 'all:*'

In JSON, usdPerHour is the price of one pod, "findings" beside the runs are those of profiles and Kubernetes
version, and "unreadable" lists file, line and message of what could not be read. Rules: docs/rules.md`,
  statuses: {
    0: 'no errors (warnings do not count)',
    1: 'errors',
    2: 'wrong usage or settings, or unreadable input',
  },
  run: async ({ values }, io) => {
    const options = readOptions(values);
    const report =
      options.files.length === 0
        ? reportEnvironment(planOf(values), options.region, new Date())
        : await checkFiles(options, values, io.stderr);
    io.stdout.write(`${render(report, options, io.stdout)}\n`);
    for (const error of report.unreadable) {
      io.stderr.write(`${formatInputError(error)}\n`);
    }
    if (report.unreadable.length > 0) {
      return exitStatus.unknown;
    }
    const failed = allFindings(report).some((finding) => countsAs('error', finding));
    return failed ? exitStatus.failed : exitStatus.held;
  },
};

/** Manifests in files land on the profiles of the command line, or else on those of the environment. */
async function checkFiles(options: Options, values: Values, stderr: Output): Promise<Report> {
  const { kubernetesVersion } = environmentOf(values);
  const profiles =
    options.profiles ?? planOf(values).variants[0]!.clusters.flatMap((cluster) => cluster.profiles);
  const progress = new Progress(stderr);
  try {
    return await reportFiles({ ...options, profiles, kubernetesVersion }, progress);
  } finally {
    progress.end();
  }
}

function render(report: Report, { format }: Options, stdout: Output): string {
  switch (format) {
    case 'json':
      return renderJson(report);
    case 'markdown':
      return renderMarkdown(report);
    case 'table':
      return renderTable(report, stdout);
  }
}
