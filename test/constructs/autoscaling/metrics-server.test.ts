import { Template } from 'aws-cdk-lib/assertions';
import { ApiObject, Chart } from 'cdk8s';
import { CpuAutoscaler } from '../../../charts/cpu-autoscaler';
import { FargateWorkload } from '../../../lib/constructs/workload/fargate-workload';
import { withoutSuffixes } from '../../support/profile-names';
import { render } from '../../support/render';
import { clusterStack, deployment } from '../support/cluster-stack';

/** A stack with a web shop that scales by CPU. */
function stackWithAutoscaler(settings: Readonly<Record<string, unknown>>) {
  const stack = clusterStack(settings);
  new FargateWorkload(stack, 'Shop', {
    cluster: stack.cluster,
    namespace: 'shop',
    profile: { name: 'shop-profile', selectors: [{ namespace: 'shop' }] },
    charts: [
      (app) => {
        const chart = new Chart(app, 'Shop', { namespace: 'shop' });
        new ApiObject(chart, 'Web', deployment('shop', 'web'));
        new CpuAutoscaler(chart, 'Autoscaler', {
          deployment: 'web',
          minReplicas: 2,
          maxReplicas: 6,
          targetCpuPercent: 60,
        });
        return chart;
      },
    ],
  });
  return stack;
}

const stack = stackWithAutoscaler({ autoscaling: true });
const template = Template.fromStack(stack);

/** The rules that have something against the objects of a stack. */
const findings = ({ cluster }: ReturnType<typeof clusterStack>) =>
  cluster.plan.check().findings.map(({ rule }) => rule);

test('metrics-server is the EKS add-on, on a Fargate profile that is there first', () => {
  const [[profileId, profile]] = Object.entries(template.findResources('AWS::EKS::FargateProfile')).filter(
    ([, { Properties }]) => JSON.stringify(Properties.Selectors).includes('metrics-server'),
  ) as [[string, { Properties: unknown }]];
  expect(profile.Properties).toMatchObject({
    Selectors: [
      { Namespace: 'kube-system', Labels: [{ Key: 'app.kubernetes.io/name', Value: 'metrics-server' }] },
    ],
  });
  const addOns = Object.values(template.findResources('AWS::EKS::Addon'));
  expect(addOns.find(({ Properties }) => Properties.AddonName === 'metrics-server')).toMatchObject({
    DependsOn: expect.arrayContaining([profileId]),
  });
});

test('its pods are in the plan: profile, number and size', () => {
  expect(stack.cluster.plan.summary().map(withoutSuffixes)).toContain(
    'Deployment kube-system/metrics-server: 2 x 0.25vCPU 0.5GB, profile metrics-server-profile',
  );
});

test('what scales is planned as a range, and nothing is said against it', () => {
  expect(stack.cluster.plan.summary().map(withoutSuffixes)).toContain(
    'Deployment shop/web: 2-6 x 0.25vCPU 0.5GB, profile shop-profile',
  );
  expect(findings(stack)).toEqual([]);
});

test('without the setting there is no metrics-server, and an autoscaler is warned of', () => {
  jest.spyOn(console, 'error').mockImplementation();
  const without = stackWithAutoscaler({});
  Template.fromStack(without).resourcePropertiesCountIs(
    'AWS::EKS::Addon',
    { AddonName: 'metrics-server' },
    0,
  );
  expect(findings(without)).toEqual(['autoscaler-metrics']);
});

test('the helper scales a Deployment by the CPU of its pods', () => {
  const objects = render((app) => {
    const chart = new Chart(app, 'Chart');
    new CpuAutoscaler(chart, 'Autoscaler', {
      deployment: 'web',
      minReplicas: 1,
      maxReplicas: 4,
      targetCpuPercent: 70,
    });
    return chart;
  });
  expect(objects).toMatchObject([
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'web' },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
        minReplicas: 1,
        maxReplicas: 4,
        metrics: [{ resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }],
      },
    },
  ]);
});
