/** The list of rules, in the order in which an object's findings are reported. docs/rules.md is generated from it. */
import { hostRules } from './rules/host';
import { loggingRules } from './rules/logging';
import { manifestRules, wrongTypeRule } from './rules/manifest';
import { networkRules } from './rules/network';
import { operationsRules } from './rules/operations';
import { placementRules } from './rules/placement';
import type { Rule } from './rules/rule';
import { schedulingRules } from './rules/scheduling';
import { securityRules } from './rules/security';
import { sizingRules } from './rules/sizing';
import { volumeRules } from './rules/volumes';

export const rules: readonly Rule[] = [
  ...manifestRules,
  ...schedulingRules,
  ...placementRules,
  ...hostRules,
  ...securityRules,
  ...volumeRules,
  ...sizingRules,
  ...operationsRules,
  ...networkRules,
  ...loggingRules,
  wrongTypeRule,
];
