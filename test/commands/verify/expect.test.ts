import type { PodPlan } from '../../../lib/fargate/pod-plan';
import type { DeployedStack } from '../../../lib/commands/verify/deployed-stack';
import {
  expectedState,
  type PredictedPlan,
  type PredictedVariant,
} from '../../../lib/commands/verify/expect';
import { loadPlan } from '../../../lib/commands/verify/load-plan';
import { recordedPlan } from './support/recorded-plan';
import {
  account,
  clusterName,
  expectedOf,
  logGroup,
  profileName,
  region,
  roleArn,
  subnetIds,
  type Variant,
} from './support/states';

const stack: DeployedStack = {
  name: 'CheckoutStack',
  partition: 'aws',
  region,
  account,
  clusterName,
  updateKubeconfigCommand: 'aws eks update-kubeconfig',
  profileName,
  podExecutionRoleArn: roleArn,
  privateSubnetIds: subnetIds,
  logGroupName: logGroup,
  variant: 'labelled',
};

const plan: PredictedPlan = recordedPlan();

function planOf(variant: string): PredictedVariant {
  const found = plan.variants.find((candidate) => candidate.variant === variant);
  if (found === undefined) {
    throw new Error(`no variant ${variant}`);
  }
  return found;
}

test.each<Variant>(['labelled', 'resized', 'scaled'])(
  'the repository predicts the recorded %s state',
  (variant) => {
    expect(expectedState(planOf(variant), plan.profiles, stack)).toEqual(expectedOf(variant));
  },
);

/** The variant `labelled` with its first Deployment, and the pods planned for it, changed. */
function changedFirst(object: object, pod: Partial<PodPlan>): PredictedVariant {
  const { objects, check } = planOf('labelled');
  const deployment = objects.find((candidate) => 'kind' in candidate && candidate.kind === 'Deployment');
  const [planned] = check.pods;
  return {
    variant: 'labelled',
    objects: [{ ...deployment, ...object }],
    check: { pods: [{ ...planned!, ...pod }] },
  };
}

const cart = { namespace: 'shop', name: 'cart' };

test.each<[string, object, Partial<PodPlan>, string]>([
  [
    'a StatefulSet',
    { kind: 'StatefulSet', metadata: cart },
    { ...cart, kind: 'StatefulSet', object: 'StatefulSet shop/cart' },
    'StatefulSet shop/cart: only Deployments are followed',
  ],
  [
    'a Deployment that selects by expressions',
    { metadata: cart, spec: { selector: { matchExpressions: [] } } },
    { ...cart, object: 'Deployment shop/cart' },
    'Deployment shop/cart: only Deployments that select their pods by matchLabels are followed',
  ],
  [
    'a Deployment that the stack does not apply',
    {},
    { ...cart, object: 'Deployment shop/cart' },
    'Deployment shop/cart: planned for, and not among the objects that the stack applies',
  ],
  [
    'a Deployment without a profile',
    { metadata: cart },
    { ...cart, object: 'Deployment shop/cart', profile: undefined },
    'Deployment shop/cart: Fargate would not run it: npm run preflight says why',
  ],
  [
    'a Deployment that an autoscaler scales',
    { metadata: cart },
    { ...cart, object: 'Deployment shop/cart', count: { min: 1, max: 3 } },
    'Deployment shop/cart: a HorizontalPodAutoscaler decides how many pods it has',
  ],
])('%s is told, not skipped', (_what, object, pod, told) => {
  const { workloads, unfollowed } = expectedState(changedFirst(object, pod), plan.profiles, stack);
  expect(workloads).toEqual([]);
  expect(unfollowed.map((one) => `${one.object}: ${one.reason}`)).toEqual([told]);
});

test('a Deployment that names no namespace is expected in default', () => {
  const { workloads, unfollowed } = expectedState(
    changedFirst(
      { metadata: { name: 'cart' } },
      { namespace: 'default', name: 'cart', object: 'Deployment default/cart' },
    ),
    plan.profiles,
    stack,
  );
  expect(workloads.map(({ namespace, name }) => `${namespace}/${name}`)).toEqual(['default/cart']);
  expect(unfollowed).toEqual([]);
});

test('CoreDNS, which EKS applies, is left out', () => {
  const labelled = loadPlan().variants[0]!;
  const pods = labelled.check.pods.filter(({ namespace }) => namespace === 'kube-system');
  const { workloads, unfollowed } = expectedState({ ...labelled, check: { pods } }, plan.profiles, stack);
  expect(pods.map(({ name }) => name)).toEqual(['coredns']);
  expect({ workloads, unfollowed }).toEqual({ workloads: [], unfollowed: [] });
});

test('a profile that the plan does not have is refused', () => {
  expect(() => expectedState(planOf('labelled'), [], stack)).toThrow(
    'the stack was deployed with the Fargate profile "checkout-profile-',
  );
});
