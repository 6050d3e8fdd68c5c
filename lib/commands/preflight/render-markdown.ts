/** The report for a job summary or a pull request. */
import { notes, describePrices } from './notes';
import { formatInputError } from './read-input';
import type { PlacedFinding, Report } from './report';
import { blocks, comparison, comparisonHeadings, isNumeric, reportHeadings, type Row } from './rows';
import { summarize } from './summary';

export function renderMarkdown(report: Report): string {
  // The title of the block is in each row: Markdown has no rows across all columns.
  const rows = blocks(report).flatMap(({ title, rows: own }) => own.map((row) => [title, ...row]));
  const leftOut = report.leftOut.map((input) => `- left out: ${escape(formatInputError(input))}`);
  return [
    ...(rows.length === 0
      ? []
      : [
          ...table(['SOURCE', ...reportHeadings], rows),
          '',
          ...notes(report).flatMap((note) => [escape(note), '']),
        ]),
    ...(leftOut.length === 0 ? [] : [...leftOut, '']),
    ...findings(report),
    summarize(report),
  ].join('\n');
}

/** What several environments cost, side by side. */
export function renderMarkdownComparison(reports: readonly Report[]): string {
  const regions = new Set(reports.map(({ region }) => region));
  return [
    ...table(comparisonHeadings, comparison(reports)),
    '',
    ...[...regions].flatMap((region) => [escape(describePrices(region)), '']),
    ...reports.flatMap((report) => [
      ...findings(report),
      `${escape(report.environment ?? '')}: ${summarize(report)}`,
      '',
    ]),
  ].join('\n');
}

function findings({ findings: all, environment, runs }: Report): readonly string[] {
  const item = ({ severity, rule, message, source, sources, acknowledged }: PlacedFinding): string => {
    const everywhere = environment !== undefined && sources.length === runs.length;
    const where = everywhere || sources.length === 0 ? '' : ` in ${sources.map(escape).join(', ')}`;
    return acknowledged === undefined
      ? `- **${severity}** [${rule}](${source})${where}: ${escape(message)}`
      : `- acknowledged ${severity} [${rule}](${source})${where}: ${escape(`${message} (${acknowledged})`)}`;
  };
  return all.length === 0 ? [] : [...all.map(item), ''];
}

function table(headings: readonly string[], rows: readonly Row[]): readonly string[] {
  return [
    line(headings),
    line(headings.map((heading) => (isNumeric(heading) ? '---:' : '---'))),
    ...rows.map((row) => line(row.map(escape))),
  ];
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Names come from strangers' manifests: none may end a cell, or become markup. */
function escape(text: string): string {
  return text.replace(/[\\`*_[\]<>|]/gu, String.raw`\$&`);
}
