import { App, Stack } from 'aws-cdk-lib';
import { Construct, DependencyGroup } from 'constructs';
import { inDeployOrder } from '../../lib/synthesis/deploy-order';

const stack = new Stack(new App(), 'Shop');
const owner = (id: string, scope: Construct = stack) => ({ id, owner: new Construct(scope, id) });
const idsOf = (items: ReadonlyArray<ReturnType<typeof owner>>) => inDeployOrder(items).map(({ id }) => id);

test('what waits for nothing keeps its place', () => {
  expect(idsOf([owner('b'), owner('a'), owner('c')])).toEqual(['b', 'a', 'c']);
});

test('each comes after what it waits for, directly or through another construct', () => {
  const [addon, between, logging, namespace] = [
    owner('addon'),
    owner('between'),
    owner('logging'),
    owner('namespace'),
  ];
  addon.owner.node.addDependency(new DependencyGroup(between.owner));
  between.owner.node.addDependency(logging.owner);
  expect(idsOf([addon, namespace, logging])).toEqual(['logging', 'addon', 'namespace']);
});

test('all in a construct waits for what the construct waits for, and is waited for with it', () => {
  const first = new Construct(stack, 'First');
  const second = new Construct(stack, 'Second');
  second.node.addDependency(first);
  expect(idsOf([owner('in-second', second), owner('in-first', first)])).toEqual(['in-first', 'in-second']);
});
