import type { Check, CheckResult, Status, Verdict } from './check';
import { profileChecks } from './checks/profile';
import { roleChecks } from './checks/role';
import { scalingChecks } from './checks/scaling';
import { schedulingChecks } from './checks/scheduling';
import { sizingChecks } from './checks/sizing';
import type { ExpectedState, UnfollowedObject } from './expected';
import type { ObservedState } from './observed';

/** Every check, in the order of the walk-through. */
export const checkList: readonly Check[] = [
  ...roleChecks,
  ...profileChecks,
  ...schedulingChecks,
  ...sizingChecks,
  ...scalingChecks,
];

/** Id of the results about what no check looks at: time changes none of them. */
export const notFollowedId = 'not-followed';

/**
 * Judges a state. A check that throws is unknown: it has shown nothing. So is what no check looks at: a green
 * answer would be read as one about the whole stack.
 */
export function runChecks(
  expected: ExpectedState,
  observed: ObservedState,
  checks: readonly Check[] = checkList,
): readonly CheckResult[] {
  const results = checks.map((check): CheckResult => {
    const verdict = judge(check, expected, observed);
    return {
      id: check.id,
      step: check.step,
      title: check.title,
      status: verdict.status,
      expected: verdict.expected,
      observed: verdict.observed,
      evidence: verdict.evidence ?? [],
      usualCause: verdict.status === 'broken' ? (verdict.likelyCause ?? check.usualCause) : null,
    };
  });
  return [...results, ...expected.unfollowed.map(notFollowed)];
}

function notFollowed({ object, reason }: UnfollowedObject): CheckResult {
  return {
    id: notFollowedId,
    step: 3,
    title: object,
    status: 'unknown',
    expected: 'its pods on Fargate',
    observed: `not looked at: ${reason}`,
    evidence: [],
    usualCause: null,
  };
}

function judge(check: Check, expected: ExpectedState, observed: ObservedState): Verdict {
  try {
    return check.judge(expected, observed);
  } catch (error) {
    return {
      status: 'unknown',
      expected: 'an answer',
      observed: `the check itself failed: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** The worst news wins: `broken` over `unknown` over `held`. Without a single check nothing has held. */
export function overall(results: readonly CheckResult[]): Status {
  if (results.some(({ status }) => status === 'broken')) {
    return 'broken';
  }
  return results.length > 0 && results.every(({ status }) => status === 'held') ? 'held' : 'unknown';
}
