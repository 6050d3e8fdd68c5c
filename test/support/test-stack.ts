import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Construct } from 'constructs';
import { ClusterStack, type ClusterStackProps } from '../../lib/stack/cluster-stack';
import { environmentWith } from './environment-with';
import { featureFlags } from './feature-flags';
import { WebWorkload } from './web-workload';

/** Stops the clock at a day on which the Kubernetes version of the tests is supported: later, every stack warns. */
export function onASupportedDay(): void {
  jest.useFakeTimers({ now: new Date('2026-11-23') });
}

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

/** A stack of the tests' own: the cluster, with one workload. What a fork deploys changes nothing in it. */
export class TestStack extends ClusterStack {
  constructor(scope: Construct, id: string, props: ClusterStackProps) {
    super(scope, id, props);
    new WebWorkload(this, 'Web', this.cluster);
  }
}

/** The stack with some settings given as on the command line. */
export function testStack(settings: Readonly<Record<string, unknown>> = {}): TestStack {
  const environment = environmentWith(settings);
  return new TestStack(testApp(), environment.stackName, { environment });
}

const templates = new Map<string, Template>();

/** The template with some settings, synthesized once for each combination. */
export function testTemplate(settings: Readonly<Record<string, unknown>> = {}): Template {
  const key = JSON.stringify(settings);
  const known = templates.get(key);
  if (known) {
    return known;
  }
  const template = Template.fromStack(testStack(settings));
  templates.set(key, template);
  return template;
}
