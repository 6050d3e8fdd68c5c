/** The report for a job summary or a pull request. */
import type { Report } from './report';
import { countFindings, FIRST_PRICE, fixedCostRows, HEADINGS, priceNote, runRows } from './rows';

export function renderMarkdown(report: Report): string {
  const rows = [...report.runs.flatMap(runRows), ...fixedCostRows(report)];
  const findings = report.runs.flatMap(({ source, findings: found }) =>
    found.map(
      ({ severity, rule, message, source: page }) =>
        `- **${severity}** [${rule}](${page}) in ${escape(source)}: ${escape(message)}`,
    ),
  );
  return [
    line(HEADINGS),
    line(HEADINGS.map((_, column) => (column >= FIRST_PRICE || column === 1 ? '---:' : '---'))),
    ...rows.map((row) => line(row.map(escape))),
    '',
    priceNote(report),
    '',
    ...(findings.length > 0 ? [...findings, ''] : []),
    countFindings(report.runs),
  ].join('\n');
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Names come from strangers' manifests: none may end a cell, or become markup. */
function escape(text: string): string {
  return text.replace(/[\\`*_[\]<>|]/gu, String.raw`\$&`);
}
