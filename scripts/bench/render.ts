import { keepsTarget, type Figure } from './figures';

const head = ['part', 'case', 'validation', 'runs', 'median', 'fastest', 'CPU', 'memory', 'ratio', 'target'];

/** The figures as a Markdown table, which people read as it is. */
export function renderTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.part,
    figure.name,
    figure.validation,
    String(figure.runs),
    seconds(figure.wall),
    seconds(figure.fastest),
    seconds(figure.cpu),
    `${Math.round(figure.rss)} MiB`,
    figure.ratio === undefined ? '' : `${figure.ratio.toFixed(2)} x ${figure.floor}`,
    target(figure),
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function seconds(value: number): string {
  return `${value.toFixed(2)} s`;
}

function target(figure: Figure): string {
  if (figure.target === undefined) {
    return '';
  }
  const limit = figure.ratio === undefined ? seconds(figure.target) : String(figure.target);
  return `at most ${limit}: ${keepsTarget(figure) ? 'kept' : 'missed'}`;
}
