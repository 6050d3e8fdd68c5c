import { kubernetesVersionsPage, supportWarningId } from '../../config/kubernetes-releases';
import { rulesToExplain } from '../../fargate/rules/index';
import type { RuleData } from '../../fargate/rules/rule';
import { UserError } from '../../user-error';
import { closestName, quote } from '../../wording';
import { wrap } from '../terminal';
import { repeatedKeyRule } from './repeated-keys';

const supportRule: RuleData = {
  id: supportWarningId,
  severity: 'warning',
  why: 'After standard support EKS upgrades the cluster by itself, under the upgrade policy of the stack.',
  source: kubernetesVersionsPage,
};

/** Every rule that a finding may name, with its file. */
const explained = new Map(
  Object.entries({
    ...Object.fromEntries(
      Object.entries(rulesToExplain).map(([file, rules]) => [`lib/fargate/${file}`, rules]),
    ),
    'lib/config/kubernetes-releases.ts': [supportRule],
    'lib/commands/preflight/repeated-keys.ts': [repeatedKeyRule],
  }).flatMap(([file, rules]) => rules.map((rule) => [rule.id, { rule, file }] as const)),
);

/** The ids of all rules. */
export const ruleIds: readonly string[] = [...explained.keys()];

/** What to say of a rule that is not there. */
export function nearestRule(id: string): string {
  const meant = closestName(id, ruleIds);
  return `unknown rule ${quote(id)}: ${meant === undefined ? 'docs/rules.md lists them' : `did you mean ${meant}?`}`;
}

/**
 * Says why a rule is there.
 *
 * @throws UserError for a rule that is not there.
 */
export function explain(id: string): string {
  const found = explained.get(id);
  if (found === undefined) {
    throw new UserError([nearestRule(id)]);
  }
  const { rule, file } = found;
  return [
    `${rule.id} (${rule.severity})`,
    '',
    ...wrap(rule.why),
    '',
    `Source: ${rule.source}`,
    `Code:   ${file}`,
  ].join('\n');
}
