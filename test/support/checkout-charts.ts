import { CheckoutChart } from '../../charts/checkout/checkout-chart';
import { CheckoutDependenciesChart, checkoutEnvironment } from '../../charts/checkout/dependencies-chart';
import { checkoutVariants, type CheckoutVariantName } from '../../charts/checkout/variants';
import { NamespaceChart } from '../../charts/namespace-chart';
import { parseConfig } from '../../lib/config/settings';
import { render, type Rendered } from './render';

/** All objects of the checkout workload in one variant, with the default settings. */
export function checkoutObjects(name: CheckoutVariantName): Rendered[] {
  const config = parseConfig({});
  const variant = checkoutVariants[name];
  const environment = checkoutEnvironment(config.ordersEndpoint);
  return [
    ...render(
      (app) => new NamespaceChart(app, 'namespace', { name: 'checkout', podSecurityVersion: '1.36' }),
    ),
    ...render(
      (app) =>
        new CheckoutDependenciesChart(app, 'dependencies', {
          environment,
          redisImage: config.redisImage,
          redisPodLabels: variant.podLabels,
        }),
    ),
    ...render(
      (app) => new CheckoutChart(app, 'checkout', { variant, image: config.checkoutImage, environment }),
    ),
  ];
}
