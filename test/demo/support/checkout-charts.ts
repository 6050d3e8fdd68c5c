import { CheckoutChart } from '../../../charts/checkout/checkout-chart';
import { CheckoutDependenciesChart, checkoutEnvironment } from '../../../charts/checkout/dependencies-chart';
import { checkoutVariants, type CheckoutVariantName } from '../../../charts/checkout/variants';
import { NamespaceChart } from '../../../charts/namespace-chart';
import { workshopCheckout as settings } from '../../../lib/config/checkout-settings';
import { render, type Rendered } from '../../support/render';

/** All objects of the checkout workload in one variant, with the settings of the workshop. */
export function checkoutObjects(name: CheckoutVariantName): Rendered[] {
  const variant = checkoutVariants[name];
  const environment = checkoutEnvironment(settings.ordersEndpoint);
  return [
    ...render(
      (app) => new NamespaceChart(app, 'namespace', { name: 'checkout', podSecurityVersion: '1.36' }),
    ),
    ...render(
      (app) =>
        new CheckoutDependenciesChart(app, 'dependencies', {
          environment,
          redisImage: settings.redisImage,
          redisPodLabels: variant.podLabels,
        }),
    ),
    ...render(
      (app) => new CheckoutChart(app, 'checkout', { variant, image: settings.checkoutImage, environment }),
    ),
  ];
}
