import { UserError } from '../../lib/user-error';
import { checkoutEnvironment } from './support/checkout-stack';

/** Settings of the demo that people get wrong, and the one line that each is answered with. */
test.each<[given: Record<string, unknown>, message: string]>([
  [
    { variant: 'resize' },
    'unknown variant "resize": choose labelled, resized or scaled (cdk deploy -c variant=resized)',
  ],
  [
    { variant: 'fast' },
    'unknown variant "fast": choose labelled, resized or scaled (cdk deploy -c variant=resized)',
  ],
  [
    { checkoutImage: 'checkout' },
    'checkoutImage "checkout" is not an image with a tag or digest: write one as repository:1.2.1',
  ],
  [
    { redisImage: 'redis:' },
    'redisImage "redis:" is not an image with a tag or digest: write one as repository:1.2.1',
  ],
  [
    { ordersEndpoint: 'orders.orders.svc:80' },
    'ordersEndpoint "orders.orders.svc:80" is not an http(s) URL: write one as http://orders.orders.svc:80',
  ],
  [
    { checkoutTeamArns: 'arn:aws:sts::111122223333:assumed-role/Shop/alice' },
    'checkoutTeamArns "arn:aws:sts::111122223333:assumed-role/Shop/alice" is a session of a role: name the role itself, with its path if it has one, as arn:aws:iam::111122223333:role/Shop (aws iam get-role --role-name Shop --query Role.Arn)',
  ],
])('%j', (given, message) => {
  expect(() => checkoutEnvironment(given)).toThrow(new UserError([message]));
});

const digest = `sha256:${'0a'.repeat(32)}`;

test.each([
  'redis:8.2',
  `redis@${digest}`,
  `public.ecr.aws/docker/library/redis:8.2@${digest}`,
  `redis:${'8'.repeat(128)}`,
  'localhost:5000/redis:8',
])('the image %s is pinned', (redisImage) => {
  expect(checkoutEnvironment({ redisImage })).toMatchObject({ redisImage });
});

test.each([
  'redis@sha256:0a',
  'redis',
  'redis:8.2@latest',
  'a redis:8',
  'redis:8 now',
  `redis:${'8'.repeat(129)}`,
  `redis@${digest}0`,
])('the image %s is not', (redisImage) => {
  expect(() => checkoutEnvironment({ redisImage })).toThrow('is not an image with a tag or digest');
});

test.each(['https://orders.example', 'http://o:80/v1'])('orders may be at %s', (ordersEndpoint) => {
  expect(checkoutEnvironment({ ordersEndpoint })).toMatchObject({ ordersEndpoint });
});

test.each(['at http://orders', 'http:///v1', 'http://orders now', 'ftp://orders'])(
  'orders may not be at %s',
  (ordersEndpoint) => {
    expect(() => checkoutEnvironment({ ordersEndpoint })).toThrow('is not an http(s) URL');
  },
);
