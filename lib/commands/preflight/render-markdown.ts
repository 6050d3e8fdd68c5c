/** The report for a job summary or a pull request. */
import type { Finding } from '../../fargate/finding';
import type { Report } from './report';
import { blocks, columnHeadings, isNumeric, layOut } from './rows';

export function renderMarkdown(report: Report): string {
  return layOut(report, table(report), [
    ...report.findings.map((finding) => item(finding, '')),
    ...report.runs.flatMap(({ source, findings }) =>
      findings.map((finding) => item(finding, ` in ${escape(source)}`)),
    ),
  ]);
}

function item({ severity, rule, message, source: page, acknowledged }: Finding, where: string): string {
  return acknowledged === undefined
    ? `- **${severity}** [${rule}](${page})${where}: ${escape(message)}`
    : `- acknowledged ${severity} [${rule}](${page})${where}: ${escape(`${message} (${acknowledged})`)}`;
}

/** One table, with the title of the block in each row: Markdown has no rows across all columns. */
function table(report: Report): readonly string[] {
  return [
    line(['SOURCE', ...columnHeadings]),
    line(['---', ...columnHeadings.map((_, column) => (isNumeric(column) ? '---:' : '---'))]),
    ...blocks(report).flatMap(({ title, rows }) => rows.map((row) => line([title, ...row].map(escape)))),
  ];
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Names come from strangers' manifests: none may end a cell, or become markup. */
function escape(text: string): string {
  return text.replace(/[\\`*_[\]<>|]/gu, String.raw`\$&`);
}
