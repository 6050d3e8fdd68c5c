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
])('%j', (given, message) => {
  expect(() => checkoutEnvironment(given)).toThrow(new UserError([message]));
});
