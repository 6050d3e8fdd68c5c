import type { DeployedStack } from '../../lib/verify/deployed-stack';
import { expectedState, type RepositoryPlan } from '../../lib/verify/expect';
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

const plan: RepositoryPlan = recordedPlan();

function planOf(variant: string): RepositoryPlan['variants'][number] {
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

test('a workload that is not a Deployment is refused, not skipped', () => {
  const labelled = planOf('labelled');
  const object = labelled.objects.find((candidate) => 'kind' in candidate && candidate.kind === 'Deployment');
  const [pod] = labelled.check.pods;
  const statefulSet = {
    variant: 'labelled',
    objects: [{ ...object, kind: 'StatefulSet', metadata: { namespace: 'shop', name: 'cart' } }],
    check: {
      pods: [
        { ...pod!, object: 'StatefulSet shop/cart', kind: 'StatefulSet', namespace: 'shop', name: 'cart' },
      ],
    },
  };
  expect(() => expectedState(statefulSet, plan.profiles, stack)).toThrow(
    'StatefulSet shop/cart: lib/verify follows Deployments with matchLabels and replicas only',
  );
});

test('a profile that the plan does not have is refused', () => {
  expect(() => expectedState(planOf('labelled'), [], stack)).toThrow(
    'no profile checkout-profile in the plan',
  );
});
