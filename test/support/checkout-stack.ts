import path from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { readCdkContext } from '../../lib/config/context-files';
import { CheckoutStack } from '../../lib/stack/checkout-stack';
import { environmentWith } from './environment';

/** Stops the clock at a day on which the default Kubernetes version is supported: later, every stack warns. */
export function onASupportedDay(): void {
  jest.useFakeTimers({ now: new Date('2026-11-23') });
}

/** The feature flags of cdk.json, which tests do not get by themselves. */
export const featureFlags = readCdkContext(path.join(__dirname, '..', '..'));

/**
 * An app as the CLI would make it, without what costs seconds and no unit test is about: validation engine,
 * asset staging, metadata.
 *
 * @param context settings and look-ups, as given with `-c`.
 */
export function testApp(context: Readonly<Record<string, unknown>> = {}): App {
  return new App({
    context: { ...featureFlags, 'aws:cdk:disable-asset-staging': true, ...context },
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
  });
}

/**
 * The stack with some settings given as on the command line.
 *
 * @param env account and region; environment-agnostic by default.
 */
export function checkoutStack(
  settings: Readonly<Record<string, unknown>> = {},
  env?: { readonly account: string; readonly region: string },
): CheckoutStack {
  const environment = environmentWith(settings);
  return new CheckoutStack(testApp(), environment.stackName, { environment, env });
}

const templates = new Map<string, Template>();

/** The template with some settings, synthesized once for each combination. */
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
