import { App, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { FargatePlan } from '../../lib/synthesis/fargate-plan';
import { refusals } from '../support/refusals';

const pod = (name: string, fields: object = {}, namespace = 'shop') => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace },
  spec: { containers: [{ name, image: `${name}:1` }], ...fields },
});

function stackWithOwners() {
  const stack = new Stack(new App(), 'Shop');
  return { stack, cart: new Construct(stack, 'Cart'), ui: new Construct(stack, 'Ui') };
}

const executionRole = (stack: Stack) =>
  new Role(stack, 'Role', { assumedBy: new ServicePrincipal('eks-fargate-pods.amazonaws.com') });
const synthesize = ({ node }: Stack) => (node.root as App).synth();

test('what is added after the plan was asked is in its next answer', () => {
  const stack = new Stack(new App(), 'Shop');
  const podExecutionRole = executionRole(stack);
  const plan = new FargatePlan('shop', '1.36');
  const addProfile = (namespace: string) =>
    plan.addProfile({ name: namespace, selectors: [{ namespace }] }, { podExecutionRole, subnets: [] });
  const addPod = (name: string) => plan.addObjects(stack, { appliedBy: 'stack', objects: [pod(name)] });
  const placed = () => plan.check().pods.map(({ name, profile }) => ({ name, profile }));

  addProfile('other');
  addPod('cart');
  expect(placed()).toEqual([{ name: 'cart', profile: undefined }]);
  addProfile('shop');
  expect(placed()).toEqual([{ name: 'cart', profile: 'shop' }]);
  addPod('ui');
  expect(placed()).toEqual([
    { name: 'cart', profile: 'shop' },
    { name: 'ui', profile: 'shop' },
  ]);
});

test('a finding is reported once, at the construct that applies the object', () => {
  const { stack, cart, ui } = stackWithOwners();
  const plan = new FargatePlan('shop', '1.36');
  plan.addObjects(cart, { appliedBy: 'stack', objects: [pod('first')] });
  plan.addObjects(ui, { appliedBy: 'stack', objects: [pod('ui')] });
  plan.addObjects(cart, { appliedBy: 'stack', objects: [pod('second', { hostPID: true })] });
  expect(refusals(() => synthesize(stack))).toEqual([
    '[Shop/Cart] Pod shop/second: Fargate does not support hostPID. Remove spec.hostPID.',
  ]);
});

test('two constructs that own one object are named by their paths', () => {
  const { stack, cart, ui } = stackWithOwners();
  const plan = new FargatePlan('shop', '1.36');
  plan.addObjects(cart, { appliedBy: 'stack', objects: [pod('same')] });
  plan.addObjects(ui, { appliedBy: 'stack', objects: [pod('same')] });
  expect(refusals(() => synthesize(stack))).toEqual([
    '[Shop/Ui] Pod shop/same: is defined twice (Shop/Cart and Shop/Ui): the one applied last wins. Remove one, or rename it.',
  ]);
});

test('only what git holds must be known when it is written', () => {
  const { cart, ui } = stackWithOwners();
  const plan = new FargatePlan('shop', '1.36');
  const configMap = (name: string) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'shop' },
    data: { table: '${Token[Table.1]}' },
  });
  plan.addObjects(cart, { appliedBy: 'git', objects: [configMap('in-git')] });
  plan.addObjects(ui, { appliedBy: 'stack', objects: [configMap('in-stack')] });
  const found = plan.check().findings.filter(({ rule }) => rule === 'unknown-in-git');
  expect(found.map(({ object }) => object)).toEqual(['ConfigMap shop/in-git']);
});

test('images in public registries are refused without a way to the internet, which a cluster has by default', () => {
  const { cart } = stackWithOwners();
  const refused = (plan: FargatePlan) => {
    plan.addObjects(cart, { appliedBy: 'stack', objects: [pod('redis')] });
    return plan.check().findings.some(({ rule }) => rule === 'public-image');
  };
  expect(refused(new FargatePlan('shop', '1.36'))).toBe(false);
  expect(refused(new FargatePlan('shop', '1.36', false))).toBe(true);
});

test('without its add-ons a cluster keeps its profiles, its accounts and all other objects', () => {
  const { stack, cart, ui } = stackWithOwners();
  const role = executionRole(stack);
  const plan = new FargatePlan('shop', '1.36');
  expect(plan.serviceAccounts).toEqual([]);
  plan.addProfile({ name: 'all', selectors: [{ namespace: '*' }] }, { podExecutionRole: role, subnets: [] });
  plan.addServiceAccount({ namespace: 'shop', name: 'cart' }, role);
  plan.addObjects(cart, { appliedBy: 'eks', objects: [pod('dns', {}, 'kube-system')] });
  plan.addObjects(ui, { appliedBy: 'stack', objects: [pod('ui')] });
  const { profiles, serviceAccounts, objects } = plan.withoutAddOns();
  expect(profiles).toEqual(plan.profiles);
  expect(serviceAccounts).toMatchObject([{ namespace: 'shop', name: 'cart' }]);
  expect(objects.map(({ appliedBy }) => appliedBy)).toEqual(['stack']);
});

test('the objects of a namespace, and a line for each workload', () => {
  const { stack, cart } = stackWithOwners();
  const role = executionRole(stack);
  const plan = new FargatePlan('shop', '1.36');
  const daemonSet = {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'agent', namespace: 'other' },
    spec: { template: { spec: { containers: [{ name: 'agent', image: 'agent:1' }] } } },
  };
  const tooLarge = pod(
    'large',
    { containers: [{ name: 'large', image: 'large:1', resources: { requests: { cpu: '99' } } }] },
    'other',
  );
  plan.addProfile(
    { name: 'shop', selectors: [{ namespace: 'shop' }] },
    { podExecutionRole: role, subnets: [] },
  );
  plan.addObjects(cart, { appliedBy: 'stack', objects: [pod('ui'), tooLarge, daemonSet] });
  expect(plan.objectsIn('shop').map(({ metadata }) => metadata?.name)).toEqual(['ui']);
  expect(plan.summary()).toEqual([
    'Pod shop/ui: 1 x 0.25vCPU 0.5GB, profile shop',
    'Pod other/large: 1 x no size, no profile',
    'DaemonSet other/agent: any number x no size, no profile',
  ]);
});
