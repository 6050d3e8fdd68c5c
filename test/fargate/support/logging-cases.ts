import type { RuleCase } from './rule-cases';

const outputSection = '[OUTPUT]\n  Name cloudwatch_logs\n  Match *\n  region ${Token[AWS.Region.4]}\n';
const logging = (data: object, name = 'aws-logging') => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'aws-observability' },
  data,
});
const namespace = (labels: object, name = 'aws-observability') => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
});

export const loggingCases: readonly RuleCase[] = [
  {
    rule: 'logging-size',
    fails: [logging({ 'output.conf': 'x'.repeat(5300), flb_log_cw: 'x' })],
    says: [
      'ConfigMap aws-observability/aws-logging: data has 5301 characters, and Fargate accepts at most 5300. Shorten filters.conf, output.conf and parsers.conf.',
    ],
    passes: {
      '5,300 characters': [logging({ 'output.conf': 'x'.repeat(5300) })],
      'another ConfigMap': [logging({ 'output.conf': 'x'.repeat(9000) }, 'other')],
    },
  },
  {
    rule: 'logging-sections',
    fails: [
      logging({ 'output.conf': `[SERVICE]\n  Flush 1\n${outputSection}`, 'filters.conf': '  [OUTPUT]\n' }),
    ],
    says: [
      'ConfigMap aws-observability/aws-logging: Fargate rejects section [OUTPUT] in filters.conf; Fargate rejects section [SERVICE] in output.conf. Write [FILTER] in filters.conf, [OUTPUT] in output.conf and [PARSER] in parsers.conf only.',
    ],
    passes: {
      'sections under their keys': [
        logging({
          'output.conf': outputSection,
          'filters.conf': '[FILTER]\n  Name grep\n  Match *\n[filter]\n  Name modify\n',
          'parsers.conf': '[PARSER]\n  Name crio\n  Regex ^(?<time>[^ ]+) (?<stream>stdout|stderr)$\n',
        }),
      ],
    },
  },
  {
    rule: 'logging-sections',
    fails: [logging({ flb_log_cw: 'true' })],
    says: [
      'ConfigMap aws-observability/aws-logging: Fargate logs nothing without an [OUTPUT] section in output.conf. Add one.',
    ],
    passes: { 'output known at deploy time': [logging({ 'output.conf': '${Token[TOKEN.3]}' })] },
  },
  {
    rule: 'logging-keys',
    fails: [logging({ 'output.conf': outputSection, 'filter.conf': '', 'fluent-bit.conf': '' })],
    says: [
      'ConfigMap aws-observability/aws-logging: the user guide does not name the key filter.conf, fluent-bit.conf. Remove them, or use filters.conf, output.conf, parsers.conf, flb_log_cw.',
    ],
    passes: {
      'the keys it names': [
        logging({ 'output.conf': outputSection, 'filters.conf': '', 'parsers.conf': '', flb_log_cw: 'true' }),
      ],
      'another ConfigMap': [logging({ 'fluent-bit.conf': '' }, 'other')],
    },
  },
  {
    rule: 'logging-variables',
    fails: [logging({ 'output.conf': '[OUTPUT]\n  region ${AWS_REGION}\n' })],
    says: [
      'ConfigMap aws-observability/aws-logging: Fargate does not allow the variable ${AWS_REGION} in output.conf. Write its value.',
    ],
    passes: { 'a CDK token': [logging({ 'output.conf': outputSection })] },
  },
  {
    rule: 'logging-namespace',
    fails: [namespace({ team: 'platform' })],
    says: [
      'Namespace aws-observability: Fargate logs nothing without the label aws-observability: enabled. Add it to metadata.labels.',
    ],
    passes: {
      'the label': [namespace({ 'aws-observability': 'enabled' })],
      'another namespace': [namespace({}, 'shop')],
    },
  },
];
