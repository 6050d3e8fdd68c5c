/** The command: reads the arguments, makes the report, writes it, and chooses the exit status. */
import { UserError } from '../../user-error';
import { helpText, readArguments, type Format, type Options } from './options';
import { reportFiles } from './file-report';
import { startProgress } from './progress';
import { formatInputError } from './read-input';
import { renderJson } from './render-json';
import { renderMarkdown } from './render-markdown';
import { renderTable } from './render-table';
import { allFindings, type Report } from './report';
import type * as StackReport from './stack-report';

/** What `main` writes to. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly write: (text: string) => unknown;
}

/** Exit statuses, documented in the help. */
const exitStatus = { fine: 0, errorsFound: 1, badInput: 2 } as const;

/**
 * Runs the command.
 *
 * @param today decides whether the Kubernetes version is still in standard support
 * @default now
 * @returns its exit status
 */
export async function main(
  argv: readonly string[],
  stdout: Terminal,
  stderr: Terminal,
  today: Date = new Date(),
): Promise<number> {
  try {
    const options = readArguments(argv);
    if (options.help) {
      stdout.write(`${helpText}\n`);
      return exitStatus.fine;
    }
    const report =
      options.files.length === 0 ? stackReport(options, today) : await fileReport(options, stderr);
    stdout.write(`${render(report, options.format, stdout)}\n`);
    for (const error of report.unreadable) {
      stderr.write(`${formatInputError(error)}\n`);
    }
    if (report.unreadable.length > 0) {
      return exitStatus.badInput;
    }
    const failed = allFindings(report).some(({ severity }) => severity === 'error');
    return failed ? exitStatus.errorsFound : exitStatus.fine;
  } catch (error) {
    if (!(error instanceof UserError)) {
      throw error;
    }
    stderr.write(`${error.message}\n`);
    return exitStatus.badInput;
  }
}

function stackReport({ region }: Options, today: Date): Report {
  // The CDK takes a while to load, and manifests in files need none of it. Not import(): TypeScript wants the ending
  // .js there, under which Jest finds no file.
  const { reportStack } = require('./stack-report') as typeof StackReport;
  return reportStack(region, today);
}

async function fileReport(options: Options, stderr: Terminal): Promise<Report> {
  const progress = startProgress(stderr);
  try {
    return await reportFiles(options, progress);
  } finally {
    progress.end();
  }
}

function render(report: Report, format: Format, stdout: Terminal): string {
  switch (format) {
    case 'json':
      return renderJson(report);
    case 'markdown':
      return renderMarkdown(report);
    case 'table':
      return renderTable(report, stdout.isTTY === true && process.env['NO_COLOR'] === undefined);
  }
}
