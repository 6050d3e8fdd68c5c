import { App, CfnParameter, CfnResource, DefaultStackSynthesizer, NestedStack, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { KubernetesManifest } from 'aws-cdk-lib/aws-eks-v2';
import { ApiObject, Chart, App as ChartsApp } from 'cdk8s';
import { CheckedManifest } from '../../lib/constructs/workload/checked-manifest';
import { FargateWorkload } from '../../lib/constructs/workload/fargate-workload';
import { enforceStackLimits } from '../../lib/synthesis/stack-limits';
import { testStack } from '../support/test-stack';

/** An otherwise empty stack under the limits. */
function limitedStack(): Stack {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Limited', {
    // Otherwise it adds a parameter and a rule.
    synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
  });
  enforceStackLimits(stack);
  return stack;
}

/** Brings the template of an empty stack to a number of bytes. */
function fillUp(stack: Stack, bytes: number): void {
  const written = (description: string) =>
    JSON.stringify({ Parameters: { Filler: { Type: 'String', Description: description } } }, undefined, 1);
  new CfnParameter(stack, 'Filler', { description: 'x'.repeat(bytes - written('').length) });
}

describe('the template of a stack', () => {
  test('may have 1,000,000 bytes', () => {
    const stack = limitedStack();
    fillUp(stack, 1_000_000);
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test('may not have one more', () => {
    const message =
      'Stack Limited: its template has 1000001 bytes, and CloudFormation takes 1000000. Move some workloads to a second stack, with the cluster of this one (docs/limits.md).';
    const asserted = limitedStack();
    fillUp(asserted, 1_000_001);
    expect(() => Template.fromStack(asserted)).toThrow(message);
    const synthesized = limitedStack();
    fillUp(synthesized, 1_000_001);
    expect(() => (synthesized.node.root as App).synth()).toThrow(message);
  });
});

describe('the resources of a stack', () => {
  const stackOf = (count: number) => {
    const stack = limitedStack();
    for (let number = 0; number < count; number += 1) {
      new CfnResource(stack, `Resource${number}`, { type: 'Test::Resource::Type' });
    }
    return stack;
  };

  test('may be 500', () => {
    Template.fromStack(stackOf(500)).resourceCountIs('Test::Resource::Type', 500);
  });

  test('may not be one more', () => {
    expect(() => Template.fromStack(stackOf(501))).toThrow(
      '[Limited] Stack Limited: has 501 resources, and CloudFormation takes 500. Move some workloads to a second stack',
    );
  });
});

test('a stack with a workload is under these limits', () => {
  const stack = testStack();
  for (let number = 0; number < 500; number += 1) {
    new CfnResource(stack, `Resource${number}`, { type: 'Test::Resource::Type' });
  }
  expect(() => Template.fromStack(stack)).toThrow(/Stack TestStack: has 5\d\d resources/);
});

test('a nested stack has limits of its own', () => {
  const stack = limitedStack();
  const nested = new NestedStack(stack, 'Nested');
  for (const parent of [stack, nested]) {
    for (let number = 0; number < 300; number += 1) {
      new CfnResource(parent, `Resource${number}`, { type: 'Test::Resource::Type' });
    }
  }
  expect(stack.node.validate()).toEqual([]);
});

test('limits that are asked for twice are enforced once', () => {
  const stack = limitedStack();
  enforceStackLimits(stack);
  for (let number = 0; number <= 500; number += 1) {
    new CfnResource(stack, `Resource${number}`, { type: 'Test::Resource::Type' });
  }
  expect(stack.node.validate()).toHaveLength(1);
});

describe('a second stack', () => {
  /** A stack with one object, on the cluster of another stack. */
  const secondStack = (kind: string, content: Record<string, unknown>) => {
    const first = testStack();
    const second = new Stack(first.node.root, 'MoreWorkloads');
    const createChart = (charts: ChartsApp) => {
      const chart = new Chart(charts, 'Cart', { namespace: 'cart' });
      new ApiObject(chart, kind, { apiVersion: 'v1', kind, metadata: { name: 'cart' }, ...content });
      return chart;
    };
    new FargateWorkload(second, 'Cart', {
      cluster: first.cluster,
      namespace: 'cart',
      profile: { name: 'cart-profile', selectors: [{ namespace: 'cart', labels: { fargate: 'yes' } }] },
      charts: [createChart],
    });
    return second;
  };

  test('is deployed after the first, through its kubectl handler', () => {
    const stack = secondStack('ConfigMap', { data: {} });
    Template.fromStack(stack).allResourcesProperties('Custom::AWSCDK-EKS-KubernetesResource', {
      ServiceToken: { 'Fn::GetStackOutput': Match.objectLike({ StackName: 'TestStack' }) },
    });
    expect(stack.dependencies.map(({ stackName }) => stackName)).toEqual(['TestStack']);
  });

  test('has the limits of the first', () => {
    const stack = secondStack('ConfigMap', { data: {} });
    for (let number = 0; number < 500; number += 1) {
      new CfnResource(stack, `Resource${number}`, { type: 'Test::Resource::Type' });
    }
    expect(() => Template.fromStack(stack)).toThrow('Stack MoreWorkloads: has 502 resources');
  });

  test('warns of what it applies past the checks', () => {
    jest.spyOn(console, 'error').mockImplementation();
    const first = testStack();
    const second = new Stack(first.node.root, 'MoreWorkloads');
    new KubernetesManifest(second, 'Unchecked', { cluster: first.cluster.cluster, manifest: [] });
    Annotations.fromStack(second).hasWarning(
      '/MoreWorkloads/Unchecked',
      Match.stringLikeRegexp('is applied without the Fargate checks'),
    );
  });

  test('is checked together with the first', () => {
    const stack = secondStack('Pod', { spec: { containers: [{ name: 'cart', image: 'cart:1' }] } });
    expect(() => Template.fromStack(stack)).toThrow(
      '[MoreWorkloads/Cart/Cart] Pod cart/cart: matches no Fargate profile',
    );
  });
});

describe('the objects of one chart', () => {
  const stack = testStack();

  /** Applies a chart of two ConfigMaps, which have a number of bytes together as JSON. */
  const applyChart = (bytes: number) => {
    const chart = new Chart(new ChartsApp(), 'large');
    const configMap = (name: string, data: string) =>
      new ApiObject(chart, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { data } });
    const half = 'x'.repeat(bytes / 2);
    configMap(`one-${bytes}`, half);
    const frame = JSON.stringify(chart.toJson()).length - half.length;
    // The second has the same frame, less the brackets of the list, plus a comma.
    configMap(`two-${bytes}`, 'x'.repeat(bytes - half.length - 2 * frame + 1));
    return new CheckedManifest(stack, `Large${bytes}`, { cluster: stack.cluster, chart });
  };

  test('fit together into one event of the kubectl handler', () => {
    expect(applyChart(262_144).node.validate()).toEqual([]);
  });

  test('are refused where they do not', () => {
    expect(applyChart(262_145).node.validate()).toEqual([
      'the 2 objects of the chart have 262145 bytes as JSON, and one event of the kubectl handler holds 262144. Spread them over several charts.',
    ]);
  });
});
