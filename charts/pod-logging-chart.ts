import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

export interface PodLoggingChartProps {
  /** Region of the log group. */
  readonly region: string;
  /** Name of the CloudWatch log group that takes the output of every pod on Fargate. It must exist. */
  readonly logGroupName: string;
}

/**
 * Tells the log router of every Fargate node (Fluent Bit, built in) to send container output to CloudWatch.
 *
 * Names and keys are EKS's own. It is read when a pod starts: it must be in the cluster before the pods.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-logging.html
 */
export class PodLoggingChart extends Chart {
  constructor(scope: Construct, id: string, props: PodLoggingChartProps) {
    super(scope, id);

    const namespace = 'aws-observability';
    new k8s.KubeNamespace(this, 'Namespace', {
      metadata: { name: namespace, labels: { 'aws-observability': 'enabled' } },
    });
    new k8s.KubeConfigMap(this, 'ConfigMap', {
      metadata: { name: 'aws-logging', namespace },
      data: {
        flb_log_cw: 'false',
        'output.conf': section('OUTPUT', [
          ['Name', 'cloudwatch_logs'],
          ['Match', 'kube.*'],
          ['region', props.region],
          ['log_group_name', props.logGroupName],
          ['log_stream_prefix', 'fargate-'],
          ['auto_create_group', 'false'],
        ]),
        'filters.conf': [
          section('FILTER', [
            ['Name', 'parser'],
            ['Match', '*'],
            ['Key_name', 'log'],
            ['Parser', 'crio'],
          ]),
          section('FILTER', [
            ['Name', 'kubernetes'],
            ['Match', 'kube.*'],
            ['Merge_Log', 'On'],
            ['Keep_Log', 'Off'],
            ['Buffer_Size', '0'],
            ['Kube_Meta_Cache_TTL', '300s'],
          ]),
        ].join(''),
        'parsers.conf': section('PARSER', [
          ['Name', 'crio'],
          ['Format', 'Regex'],
          ['Regex', '^(?<time>[^ ]+) (?<stream>stdout|stderr) (?<logtag>P|F) (?<log>.*)$'],
          ['Time_Key', 'time'],
          ['Time_Format', '%Y-%m-%dT%H:%M:%S.%L%z'],
        ]),
      },
    });
  }
}

/** One section of a Fluent Bit configuration file. */
function section(name: string, entries: ReadonlyArray<readonly [key: string, value: string]>): string {
  return [`[${name}]`, ...entries.map(([key, value]) => `    ${key} ${value}`), ''].join('\n');
}
