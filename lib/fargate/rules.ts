/** The list of rules, in the order in which an object's findings are reported. docs/rules.md is generated from it. */
import { hostRules } from './rules/host';
import { manifestRules } from './rules/manifest';
import type { Rule } from './rules/rule';
import { schedulingRules } from './rules/scheduling';

export const rules: readonly Rule[] = [...manifestRules, ...schedulingRules, ...hostRules];
