import { formatCount } from '../../../lib/fargate/manifest/autoscaler';
import { check, deployment, object, type Manifest } from '../support/manifests';

test('a number of pods is shown as one number, or as a range', () => {
  expect([formatCount({ min: 3, max: 3 }), formatCount({ min: 2, max: 10 })]).toEqual(['3', '2-10']);
});

const spec = {
  scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'cart' },
  minReplicas: 4,
  maxReplicas: 9,
};
const countOf = (...others: readonly Manifest[]) => check([deployment(), ...others]).pods[0]!.count;

test('a HorizontalPodAutoscaler sets the number of pods', () => {
  expect(countOf(object('autoscaling/v2', 'HorizontalPodAutoscaler', { spec }))).toEqual({ min: 4, max: 9 });
});

test.each([
  ['kind', 'autoscaling/v2', 'Scale'],
  ['kind of the same name in another API group', 'example.com/v1', 'HorizontalPodAutoscaler'],
])('no other %s does', (_what, apiVersion, kind) => {
  expect(countOf(object(apiVersion, kind, { spec }))).toEqual({ min: 2, max: 2 });
});
