/** The report for a terminal, at most 100 columns wide but for the findings. */
import { pageWidth, paint, wrap, type Output } from '../terminal';
import { notes, describePrices } from './notes';
import { formatInputError } from './read-input';
import type { PlacedFinding, Report } from './report';
import {
  blocks,
  comparison,
  comparisonHeadings,
  isNumeric,
  reportHeadings,
  type Block,
  type Row,
} from './rows';
import { summarize } from './summary';

/** @param output where it is shown: findings are colored on a terminal. */
export function renderTable(report: Report, output: Output): string {
  const parts = blocks(report);
  return [
    ...(parts.length === 0
      ? []
      : [...table(reportHeadings, parts), '', ...notes(report).flatMap((note) => wrap(note)), '']),
    ...leftOut(report),
    ...findings(report, output),
    summarize(report),
  ].join('\n');
}

/** What several environments cost, side by side. */
export function renderComparison(reports: readonly Report[], output: Output): string {
  const regions = new Set(reports.map(({ region }) => region));
  return [
    ...table(comparisonHeadings, [{ rows: comparison(reports) }]),
    '',
    ...[...regions].flatMap((region) => wrap(describePrices(region))),
    '',
    ...reports.flatMap((report) => [
      ...findings(report, output),
      `${report.environment}: ${summarize(report)}`,
    ]),
  ].join('\n');
}

/** Characters that a shortened profile, and a shortened object, have at least. */
const leastProfile = 18;
const leastObject = 20;

/** The headings, and each block under its title: in a column of its own the title would widen every line. */
function table(headings: readonly string[], parts: readonly Partial<Block>[]): readonly string[] {
  const rows = parts.flatMap((part) => part.rows ?? []);
  const objects = rows.filter(isObject);
  const texts = rows.filter((row) => !isObject(row));
  const widths: number[] = headings.map((heading, column) =>
    widest(
      (column === 1 ? objects : rows).map((row) => row[column]!.length),
      heading.length,
    ),
  );
  // The whole line fits the page: first the profile gets shorter, then the object.
  const excess = () => widths.reduce((sum, width) => sum + width + 2, -2) - pageWidth;
  widths[2] = Math.max(Math.min(widths[2]!, leastProfile), widths[2]! - Math.max(0, excess()));
  widths[1] = Math.max(leastObject, widths[1]! - Math.max(0, excess()));
  // Where a row is about no object, its text has the columns of profile and size too.
  const beside = widths[2] + widths[3]! + 4;
  const wanted = widest(
    texts.map((row) => row[1]!.length - beside),
    widths[1],
  );
  widths[1] = Math.min(wanted, widths[1] - Math.min(0, excess()));
  const span = widths[1] + beside;
  const line = (row: Row): string => {
    const cells = row.map((cell, column) =>
      isNumeric(headings[column]!) ? cell.padStart(widths[column]!) : fit(cell, widths[column]!),
    );
    return (isObject(row) ? cells : [cells[0]!, fit(row[1]!, span), ...cells.slice(4)]).join('  ').trimEnd();
  };
  return [
    line(headings),
    ...parts.flatMap(({ title, rows: own = [] }) => [
      ...(title === undefined ? [] : ['', title]),
      ...own.map(line),
    ]),
  ];
}

function widest(lengths: readonly number[], least: number): number {
  // Not with spread arguments: a run may have more rows than a call takes arguments.
  return lengths.reduce((most, length) => Math.max(most, length), least);
}

function isObject(row: Row): boolean {
  return row[2] !== '' || row[3] !== '';
}

/** A text in so many characters: a longer one keeps its first word, if there are several, and its end. */
function fit(text: string, width: number): string {
  if (text.length <= width) {
    return text.padEnd(width);
  }
  const head = text.indexOf(' ') + 1 || Math.floor(width / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (width - head - 1))}`;
}

function leftOut(report: Report): readonly string[] {
  const lines = report.leftOut.map((input) => `  ${formatInputError(input)}`);
  return lines.length === 0 ? [] : ['Left out:', ...lines, ''];
}

/** The findings, below the name of their file where several were given. */
function findings(report: Report, output: Output): readonly string[] {
  const { runs, environment, inputs } = report;
  const line = ({ severity, rule, message, acknowledged, sources }: PlacedFinding): string => {
    const some = environment !== undefined && sources.length > 0 && sources.length < runs.length;
    const where = some ? ` (${sources.join(', ')})` : '';
    return acknowledged === undefined
      ? `${paint(output, severity, severity.padEnd(7))}  ${message}${where} [${rule}]`
      : `${paint(output, 'dim', `acknowledged ${severity}`)}  ${message}${where} [${rule}: ${acknowledged}]`;
  };
  let file: string | undefined;
  const lines = report.findings.flatMap((finding) => {
    const [source] = finding.sources;
    if (environment !== undefined || inputs === 1 || source === undefined) {
      return [line(finding)];
    }
    const heading = source === file ? [] : [source];
    file = source;
    return [...heading, `  ${line(finding)}`];
  });
  return lines.length === 0 ? [] : [...lines, '', 'Why: npm run preflight -- --explain RULE', ''];
}
