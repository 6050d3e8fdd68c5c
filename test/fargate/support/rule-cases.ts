import type { CheckOptions } from '../../../lib/fargate/check-manifests';
import { messagesOf } from './manifests';

/** What breaks a rule, what the rule then says, and what comes close without breaking it. */
export interface RuleCase {
  readonly rule: string;
  readonly fails: readonly unknown[];
  readonly says: readonly string[];
  /** By what is fine about it. */
  readonly passes: Readonly<Record<string, readonly unknown[]>>;
  readonly options?: Partial<CheckOptions>;
}

/** One test for each failing example, and one for each passing one. */
export function testRules(cases: readonly RuleCase[]): void {
  test.each(cases)('$rule says what is wrong', ({ rule, fails, says, options }) => {
    expect(messagesOf(rule, fails, options)).toEqual(says);
  });

  test.each(
    cases.flatMap(({ rule, passes, options }) =>
      Object.entries(passes).map(([what, objects]) => ({ rule, what, objects, options })),
    ),
  )('$rule is silent about $what', ({ rule, objects, options }) => {
    expect(messagesOf(rule, objects, options)).toEqual([]);
  });
}
