/**
 * The list of rules, by file, in the order in which an object's findings are reported. docs/rules.md is generated
 * from it, and leads from the id in a message to the file.
 */
import { acknowledgedNothing } from '../acknowledge';
import { autoscalingRules } from './autoscaling';
import { budgetRules } from './budgets';
import { unknownInGitRule } from './git';
import { hostRules } from './host';
import { imageRules } from './images';
import { loadBalancerRules } from './load-balancers';
import { loggingRules } from './logging';
import { manifestRules } from './manifest';
import { networkRules } from './network';
import { operationsRules } from './operations';
import { placementRules } from './placement';
import { podSecurityRule } from './pod-security';
import { profileRules } from './profiles';
import { quotaAmountRule } from './quota-amounts';
import { quotaServicesRule } from './quota-services';
import { quotaRules } from './quotas';
import type { Rule, RuleData } from './rule';
import { schedulingRules } from './scheduling';
import { securityGroupRules } from './security-groups';
import { sizingRules } from './sizing';
import { unjudgedPodsRule } from './unjudged-pods';
import { volumeClaimRules } from './volume-claims';
import { volumeRules } from './volumes';
import { wrongTypeRule } from './wrong-type';

/** The rules of each file of this folder. */
const rulesByFile: Readonly<Record<string, readonly Rule[]>> = {
  'rules/manifest.ts': manifestRules,
  'rules/git.ts': [unknownInGitRule],
  'rules/scheduling.ts': schedulingRules,
  'rules/unjudged-pods.ts': [unjudgedPodsRule],
  'rules/placement.ts': placementRules,
  'rules/host.ts': hostRules,
  'rules/pod-security.ts': [podSecurityRule],
  'rules/volumes.ts': volumeRules,
  'rules/volume-claims.ts': volumeClaimRules,
  'rules/sizing.ts': sizingRules,
  'rules/operations.ts': operationsRules,
  'rules/budgets.ts': budgetRules,
  'rules/autoscaling.ts': autoscalingRules,
  'rules/quotas.ts': quotaRules,
  'rules/quota-amounts.ts': [quotaAmountRule],
  'rules/quota-services.ts': [quotaServicesRule],
  'rules/load-balancers.ts': loadBalancerRules,
  'rules/network.ts': networkRules,
  'rules/security-groups.ts': securityGroupRules,
  'rules/images.ts': imageRules,
  'rules/logging.ts': loggingRules,
  // After all others, because reading a field is what finds a wrong type.
  'rules/wrong-type.ts': [wrongTypeRule],
};

/** What is asked of manifests. */
export const rules: readonly Rule[] = Object.values(rulesByFile).flat();

/** All that a finding may name, by its file in lib/fargate. */
export const rulesToExplain: Readonly<Record<string, readonly RuleData[]>> = {
  ...rulesByFile,
  'rules/profiles.ts': profileRules,
  'acknowledge.ts': [acknowledgedNothing],
};
