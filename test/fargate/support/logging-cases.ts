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

/** https://docs.aws.amazon.com/eks/latest/userguide/fargate-logging.html */
const userGuide = {
  flb_log_cw: 'false',
  'filters.conf': `[FILTER]
    Name parser
    Match *
    Key_name log
    Parser crio
[FILTER]
    Name kubernetes
    Match kube.*
    Merge_Log On
    Keep_Log Off
    Buffer_Size 0
    Kube_Meta_Cache_TTL 300s
`,
  'output.conf': `[OUTPUT]
    Name cloudwatch_logs
    Match   kube.*
    region region-code
    log_group_name my-logs
    log_stream_prefix from-fluent-bit-
    log_retention_days 60
    auto_create_group true
`,
  'parsers.conf': `[PARSER]
    Name crio
    Format Regex
    Regex ^(?<time>[^ ]+) (?<stream>stdout|stderr) (?<logtag>P|F) (?<log>.*)$
    Time_Key    time
    Time_Format %Y-%m-%dT%H:%M:%S.%L%z
`,
};

export const loggingCases: readonly RuleCase[] = [
  {
    rule: 'logging-size',
    fails: [logging({ 'output.conf': 'x'.repeat(5300), flb_log_cw: 'x' })],
    says: [
      'ConfigMap aws-observability/aws-logging: data has 5301 characters, and Fargate accepts at most 5300. Shorten filters.conf, output.conf and parsers.conf.',
    ],
    passes: {
      '5,300 characters': [logging({ 'output.conf': 'x'.repeat(5300) })],
      'another ConfigMap': [
        logging({ 'output.conf': 'x'.repeat(9000) }, 'other'),
        {
          ...logging({ 'output.conf': 'x'.repeat(9000) }),
          metadata: { name: 'aws-logging', namespace: 'shop' },
        },
      ],
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
    rule: 'logging-entries',
    fails: [
      logging({
        'output.conf': '[OUTPUT]\n  Name loki\n  Match *\n[OUTPUT]\n  Name es\n',
        'filters.conf':
          '[FILTER]\n  Match *\n[FILTER]\n  Name lua\n  Match *\n[FILTER]\n  Name kubernetes\n  Match kube.*\n  Kube_URL https://example.com\n',
        'parsers.conf': '[PARSER]\n  Format regex\n',
      }),
    ],
    says: [
      'ConfigMap aws-observability/aws-logging: Fargate rejects filters.conf for [FILTER] without Name; Fargate rejects filters.conf for [FILTER] lua; Fargate rejects filters.conf for Kube_URL, which it sets itself; Fargate rejects output.conf for [OUTPUT] loki; Fargate rejects output.conf for [OUTPUT] without Match; and 1 more. Correct it, or Fargate drops the whole ConfigMap and logs nothing.',
    ],
    passes: {
      'what the user guide shows': [logging(userGuide)],
      'every plugin that Fargate supports': [
        logging({
          'output.conf': ['es', 'firehose', 'kinesis_firehose', 'cloudwatch', 'cloudwatch_logs', 'kinesis']
            .map((name) => `[OUTPUT]\n  Name ${name}\n  Match *\n`)
            .join(''),
          'filters.conf': [
            'grep',
            'parser',
            'record_modifier',
            'rewrite_tag',
            'throttle',
            'nest',
            'modify',
            'kubernetes',
          ]
            .map((name) => `[FILTER]\n  Name ${name}\n  Match *\n`)
            .join(''),
        }),
      ],
      'keys and plugins in any case': [
        logging({ 'output.conf': '[OUTPUT]\n  name Cloudwatch_Logs\n  MATCH *\n' }),
      ],
      'a plugin known at deploy time': [
        logging({ 'output.conf': '[OUTPUT]\n  Name ${Token[TOKEN.1]}\n  Match *\n' }),
      ],
      comments: [logging({ 'output.conf': '# Kube_URL\n[OUTPUT]\n  # Name loki\n  Name es\n  Match *\n' })],
      'a section under the key of another, which is a finding of its own': [
        logging({ 'output.conf': outputSection, 'filters.conf': '[OUTPUT]\n  Name loki\n' }),
      ],
      'another ConfigMap': [logging({ 'output.conf': '[OUTPUT]\n  Name loki\n' }, 'other')],
    },
  },
  {
    rule: 'logging-indentation',
    fails: [
      logging({
        'output.conf': '[OUTPUT]\n  Name es\n    Match *\n',
        'filters.conf': '[FILTER]\n  Name grep\n  Match *\n [FILTER]\n  Name nest\n  Match *\n',
        'parsers.conf': '  [PARSER]\n  Name crio\n  Format regex\n',
      }),
    ],
    says: [
      'ConfigMap aws-observability/aws-logging: Fargate rejects filters.conf for its indentation; Fargate rejects output.conf for its indentation; Fargate rejects parsers.conf for its indentation. Indent all sections alike, and all entries alike and deeper.',
    ],
    passes: {
      'what the user guide shows': [logging(userGuide)],
      'an indentation of its own under each key': [
        logging({
          'output.conf': '[OUTPUT]\n Name es\n Match *\n',
          'filters.conf': '  [FILTER]\n      Name grep\n\n      Match *\n   # comment\n',
        }),
      ],
    },
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
