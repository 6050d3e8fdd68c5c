/** The list of rules, in the order in which an object's findings are reported. docs/rules.md is generated from it. */
import { hostRules } from './host';
import { loggingRules } from './logging';
import { manifestRules, wrongTypeRule } from './manifest';
import { networkRules } from './network';
import { operationsRules } from './operations';
import { placementRules } from './placement';
import type { Rule } from './rule';
import { schedulingRules } from './scheduling';
import { securityRules } from './security';
import { sizingRules } from './sizing';
import { volumeRules } from './volumes';

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
