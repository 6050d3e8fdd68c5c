/**
 * An app of the tests' own, of two stacks on one cluster, which commands read with `--app`. It stands in for the one that is
 * deployed with `jest.mock('…/lib/stack/create-app', () => jest.requireActual('…/test/support/two-stacks'))`.
 */
import { App, type AppProps, Stack } from 'aws-cdk-lib';
import type { CreatedApp } from '../../lib/stack/define-app';
import { restrictedContainer, restrictedPod } from '../../charts/restricted-pod';
import { FargateWorkload } from '../../lib/constructs/workload/fargate-workload';
import { environments } from './environments';
import { objectsChart } from './objects-chart';
import { TestStack } from './test-stack';

export { environments };
export const variantNames: readonly string[] = ['small', 'large'];

export function createApp(props: AppProps = {}): CreatedApp {
  const app = new App(props);
  const environment = { name: 'test', values: environments.test, overridden: new Set<string>() };
  const { cluster } = new TestStack(app, 'TestStack', { environment: environments.test });
  new FargateWorkload(new Stack(app, 'SecondStack'), 'Cart', {
    cluster,
    namespace: 'cart',
    profile: { name: 'cart-profile', selectors: [{ namespace: 'cart' }] },
    charts: [(charts) => objectsChart([pod(app.node.tryGetContext('variant'))], 'Cart', charts)],
  });
  return { app, environment };
}

/** A pod that differs from variant to variant. */
function pod(variant: unknown) {
  const cpu = variant === 'large' ? '2' : '250m';
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'cart', namespace: 'cart' },
    spec: {
      automountServiceAccountToken: false,
      securityContext: restrictedPod(1000),
      containers: [
        {
          name: 'cart',
          image: 'cart:1',
          resources: { requests: { cpu, memory: '512Mi' }, limits: { memory: '512Mi' } },
          securityContext: restrictedContainer,
        },
      ],
    },
  };
}
