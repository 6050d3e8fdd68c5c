/** The report for a terminal. */
import { styleText } from 'node:util';
import type { Severity } from '../fargate/finding';
import type { Report } from './report';
import { countFindings, FIRST_PRICE, fixedCostRows, HEADINGS, priceNote, runRows } from './rows';

const COLOURS = { error: 'red', warning: 'yellow' } as const;

/** @param colour whether the output is a terminal that takes colours */
export function renderTable(report: Report, colour: boolean): string {
  const paint = (severity: Severity): string => (colour ? styleText(COLOURS[severity], severity) : severity);
  const blocks = [HEADINGS, ...report.runs.flatMap(runRows), ...fixedCostRows(report)];
  const widths = HEADINGS.map((_, column) =>
    blocks.reduce((widest, row) => Math.max(widest, row[column]!.length), 0),
  );
  const lines = blocks.map((row) =>
    row
      .map((cell, column) =>
        column >= FIRST_PRICE || column === 1 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
      )
      .join('  ')
      .trimEnd(),
  );
  const findings = report.runs.flatMap(({ source, findings: found }) =>
    found.map(({ severity, rule, message }) => `${source}: ${paint(severity)} ${rule}: ${message}`),
  );
  return [
    ...lines,
    '',
    priceNote(report),
    ...(findings.length > 0 ? ['', ...findings] : []),
    '',
    countFindings(report.runs),
  ].join('\n');
}
