import { Template } from 'aws-cdk-lib/assertions';
import type { Environment } from '../../../lib/config/environments';
import { readEnvironment } from '../../../lib/config/settings';
import { CheckoutStack } from '../../../lib/stack/checkout-stack';
import { testApp } from '../../support/test-stack';
import { defaultEnvironment, environments } from './environments';

/** The workshop with some settings given as on the command line. */
export function checkoutEnvironment(settings: Readonly<Record<string, unknown>> = {}): Environment {
  return readEnvironment({ environment: defaultEnvironment, ...settings }, environments).values;
}

/** The demo's stack with some settings given as on the command line. */
export function checkoutStack(settings: Readonly<Record<string, unknown>> = {}): CheckoutStack {
  const environment = checkoutEnvironment(settings);
  return new CheckoutStack(testApp(), environment.stackName, { environment });
}

const templates = new Map<string, Template>();

/** Its template with some settings, synthesized once for each combination. */
export function checkoutTemplate(settings: Readonly<Record<string, unknown>> = {}): Template {
  const key = JSON.stringify(settings);
  const known = templates.get(key);
  if (known) {
    return known;
  }
  const template = Template.fromStack(checkoutStack(settings));
  templates.set(key, template);
  return template;
}
