/** The report for a terminal. */
import { paint, type Output } from '../terminal';
import type { Finding } from '../../fargate/finding';
import type { Report } from './report';
import { blocks, columnHeadings, isNumeric, layOut } from './rows';

/** @param output where it is shown: findings are colored on a terminal. */
export function renderTable(report: Report, output: Output): string {
  const line = ({ severity, rule, message, acknowledged }: Finding): string =>
    acknowledged === undefined
      ? `${paint(output, severity, severity)} ${rule}: ${message}`
      : `acknowledged ${severity} ${rule}: ${message} (${acknowledged})`;
  return layOut(report, table(report), [
    ...report.findings.map(line),
    ...report.runs.flatMap(({ source, findings }) =>
      findings.map((finding) => `${source}: ${line(finding)}`),
    ),
  ]);
}

/** The headings, and each block under its title: in a column of its own the title would widen every line. */
function table(report: Report): readonly string[] {
  const parts = blocks(report);
  const rows = parts.flatMap((part) => part.rows);
  const widths = columnHeadings.map((heading, column) =>
    rows.reduce((widest, row) => Math.max(widest, row[column]!.length), heading.length),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        isNumeric(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
      )
      .join('  ')
      .trimEnd();
  return [line(columnHeadings), ...parts.flatMap(({ title, rows: own }) => ['', title, ...own.map(line)])];
}
