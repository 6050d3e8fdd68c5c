/** The last line: how many findings, and what was not seen. */
import { countsAs } from '../../fargate/finding';
import type { Report } from './report';

/** `2 errors, 1 warning`; where something could not be read, that comes first: a count of zero would look fine. */
export function summarize({ findings, unreadable, runs }: Report): string {
  const counts = (
    [
      ['error', 'errors'],
      ['warning', 'warnings'],
    ] as const
  ).map(([one, many]) => count(findings.filter((finding) => countsAs(one, finding)).length, one, many));
  const acknowledged = findings.filter((finding) => finding.acknowledged !== undefined).length;
  const found = [...counts, ...(acknowledged > 0 ? [`${acknowledged} acknowledged`] : [])].join(', ');
  const inputs = new Set(unreadable.map(({ file }) => file)).size;
  if (inputs === 0) {
    return found;
  }
  const unread = `${count(inputs, 'input', 'inputs')} could not be read`;
  return runs.length + findings.length === 0 ? unread : `${unread} in full; in the rest: ${found}`;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
