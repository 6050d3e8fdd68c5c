import type { Verdict } from './check';
import { formatSet } from './check';
import type { ObservedPolicy } from './observed';
import { listOf, statementsOf, type Statement } from './policy-statement';

/** What the log router of a pod calls. Source: Amazon EKS user guide, fargate-logging. */
const neededActions = ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'];
/** What that page grants besides. The stack makes the group and its retention, so that the log router need not. */
const harmlessActions = ['logs:CreateLogGroup', 'logs:PutRetentionPolicy'];
const allowedActions: ReadonlySet<unknown> = new Set([...neededActions, ...harmlessActions]);

/** What the inline policies of the role should allow, in words. */
export function describeLogPermissions(logGroupArn: string): string {
  return `${neededActions.join(', ')} on ${logGroupArn}, nothing else`;
}

/**
 * Judges whether policies let pods write to one log group, and do nothing else. A statement that denies, or allows
 * under a condition, is shown as it is: no guess at whether it is wider or narrower than the designed one.
 *
 * @param logGroupArn without `:*`
 */
export function judgeLogPermissions(policies: readonly ObservedPolicy[], logGroupArn: string): Verdict {
  const expected = describeLogPermissions(logGroupArn);
  const statements = policies.flatMap(({ document }) => statementsOf(document));
  const evidence = policies.map(({ name, document }) => `${name}: ${JSON.stringify(statementsOf(document))}`);
  const departures = statements.flatMap((statement) => departureOf(statement, logGroupArn));
  if (departures.length > 0) {
    return { status: 'broken', expected, observed: departures.join('; '), evidence };
  }
  const granted = new Set(
    statements
      .filter(({ Resource }) => listOf(Resource).some((arn) => isEveryStream(arn, logGroupArn)))
      .flatMap(({ Action }) => listOf(Action)),
  );
  const missing = neededActions.filter((action) => !granted.has(action));
  if (missing.length > 0) {
    return { status: 'broken', expected, observed: `lacks ${missing.join(', ')}`, evidence };
  }
  const names = formatSet(policies.map(({ name }) => name));
  const allowed = [...new Set(statements.flatMap(({ Action }) => listOf(Action)))];
  return {
    status: 'held',
    expected,
    observed: `${names}: ${allowed.map(String).toSorted().join(', ')} on ${logGroupArn}, nothing else`,
  };
}

/** The statement and how it departs from the design, or nothing. */
function departureOf(statement: Statement, logGroupArn: string): readonly string[] {
  const text = JSON.stringify(statement);
  if (statement.Effect !== 'Allow') {
    return [`denies by ${text}`];
  }
  if (statement.Condition !== undefined) {
    return [`under a condition: ${text}`];
  }
  return isForLogGroup(statement, logGroupArn) ? [] : [`also ${text}`];
}

/**
 * Whether all that a statement allows is actions of the log router on this group. One with NotAction or NotResource
 * lists nothing, and allows more than it says: it is not.
 */
function isForLogGroup({ Action, Resource }: Statement, logGroupArn: string): boolean {
  const actions = listOf(Action);
  const resources = listOf(Resource).map(String);
  return (
    actions.length > 0 &&
    actions.every((action) => allowedActions.has(action)) &&
    resources.length > 0 &&
    resources.every((arn) => arn === logGroupArn || arn.startsWith(`${logGroupArn}:`))
  );
}

/** PutLogEvents is on a stream, and Fargate names a new one for each container: the ARN of the group alone grants nothing. */
function isEveryStream(arn: unknown, logGroupArn: string): boolean {
  return arn === `${logGroupArn}:*` || arn === `${logGroupArn}:log-stream:*`;
}
