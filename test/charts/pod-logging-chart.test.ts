import { PodLoggingChart } from '../../charts/pod-logging-chart';
import { pick, render } from '../support/render';

const objects = render(
  (app) => new PodLoggingChart(app, 'pod-logging', { region: 'eu-west-1', logGroupName: '/aws/eks/c/pods' }),
);

test('the namespace is the one that EKS looks for', () => {
  expect(pick(objects, 'Namespace', 'aws-observability').metadata.labels).toEqual({
    'aws-observability': 'enabled',
  });
});

test('output goes to the log group, which the log router does not create', () => {
  const { data } = pick(objects, 'ConfigMap', 'aws-logging');
  expect(data['output.conf']).toBe(
    [
      '[OUTPUT]',
      '    Name cloudwatch_logs',
      '    Match kube.*',
      '    region eu-west-1',
      '    log_group_name /aws/eks/c/pods',
      '    log_stream_prefix fargate-',
      '    auto_create_group false',
      '',
    ].join('\n'),
  );
});

test('the ConfigMap has only the keys and sections that EKS takes, and its size', () => {
  const { data } = pick(objects, 'ConfigMap', 'aws-logging');
  expect(Object.keys(data).toSorted()).toEqual(['filters.conf', 'flb_log_cw', 'output.conf', 'parsers.conf']);
  const sections = Object.values<string>(data).flatMap((text) => text.match(/^\[\w+\]/gm) ?? []);
  expect(new Set(sections)).toEqual(new Set(['[OUTPUT]', '[FILTER]', '[PARSER]']));
  expect(Object.values<string>(data).join('').length).toBeLessThan(5300);
});
