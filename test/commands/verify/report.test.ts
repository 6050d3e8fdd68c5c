import { runChecks } from '../../../lib/commands/verify/checks';
import { formatText } from '../../../lib/commands/verify/report';
import { expectedOf, healthyState, observe } from './support/states';

function report(replicas: number) {
  const state = healthyState('labelled');
  Object.assign(state.deployments[0] ?? {}, { replicas });
  return {
    stack: 'CheckoutStack',
    region: 'us-west-2',
    cluster: 'CheckoutStack',
    variant: 'labelled',
    deployedVariant: 'labelled',
    results: runChecks(expectedOf('labelled'), observe(state)),
  };
}

test('a terminal gets colored symbols', () => {
  const text = formatText(report(0), { color: true });
  expect(text).toContain('   \u001B[31m✗\u001B[39m replicas\n');
  expect(text).toContain('   \u001B[32m✓\u001B[39m rollout: ');
});

test('anything else gets none', () => {
  expect(formatText(report(0), { color: false })).not.toContain('\u001B');
});
