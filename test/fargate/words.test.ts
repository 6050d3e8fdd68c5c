import { check, container, deployment, messagesOf, object } from './support/manifests';

const privileged = (name: string) => container({ name, securityContext: { privileged: true } });

test.each([
  ['one', [privileged('a')], 'Deployment shop/cart, container "a": Fargate'],
  ['two', [privileged('a'), privileged('b')], 'Deployment shop/cart, containers "a", "b": Fargate'],
  [
    'many',
    ['a', 'b', 'c', 'd', 'e'].map(privileged),
    'Deployment shop/cart, containers "a", "b", "c" and 2 more: Fargate',
  ],
])('%s containers with one problem are one finding', (_what, containers, start) => {
  const messages = messagesOf('privileged', [deployment({ containers })]);
  expect(messages).toEqual([expect.stringContaining(start)]);
  expect(messages[0]!.match(/Remove/gu)).toHaveLength(1);
});

test('init containers are called so', () => {
  const pod = deployment({ initContainers: [privileged('setup')], containers: [privileged('cart')] });
  expect(messagesOf('privileged', [pod])).toEqual([
    'Deployment shop/cart, init container "setup", container "cart": Fargate does not support privileged containers. Remove securityContext.privileged.',
  ]);
});

test('different problems are listed with their containers, and the same remedy once', () => {
  const ports = (name: string, hostPort: number) =>
    container({ name, ports: [{ containerPort: 1, hostPort }] });
  expect(
    messagesOf('host-port', [deployment({ containers: [ports('a', 80), ports('b', 81), ports('c', 80)] })]),
  ).toEqual([
    'Deployment shop/cart: Fargate does not support hostPort 80 (containers "a", "c"); Fargate does not support hostPort 81 (container "b"). Remove it from ports.',
  ]);
});

test('of very many problems the first five are listed', () => {
  const labels = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`l${index}`, index]));
  const [message = ''] = messagesOf('wrong-type', [deployment({}, { labels })]);
  expect(message.match(/ is the number/gu)).toHaveLength(5);
  expect(message).toContain('; and 4 more. Quote the value.');
});

test('what is true of all objects of a kind is said once', () => {
  const policies = ['a', 'b', 'c', 'd', 'e'].map((name) =>
    object('networking.k8s.io/v1', 'NetworkPolicy', {}, name),
  );
  expect(check([deployment(), ...policies]).findings).toMatchObject([
    {
      rule: 'network-policy',
      object: 'NetworkPolicy',
      message: expect.stringMatching(/^NetworkPolicy shop\/a, shop\/b, shop\/c and 2 more: not enforced/u),
      index: 1,
    },
  ]);
});
