import { registry } from '../support/blocks';
import { environmentWith } from '../support/environment-with';

const zones = (letters: string) => Array.from(letters, (letter) => `us-east-1${letter}`);

/** What AWS accepts, and a reader of settings may not refuse. */
test.each<[setting: string, text: string, value: unknown]>([
  ['stackName', 'S', 'S'],
  ['stackName', `Shop-2${'x'.repeat(94)}`, `Shop-2${'x'.repeat(94)}`],
  ['account', '111122223333', '111122223333'],
  ['region', 'us-gov-west-1', 'us-gov-west-1'],
  ['region', 'ap-southeast-3', 'ap-southeast-3'],
  ['vpcCidr', '10.0.0.0/16', '10.0.0.0/16'],
  ['vpcCidr', '192.168.7.0/24', '192.168.7.0/24'],
  ['natGateways', ' 2 ', 2],
  ['natGateways', '0', 0],
  // One for each zone.
  ['natGateways', '3', 3],
  ['availabilityZones', 'us-gov-west-1a,us-gov-west-1b', ['us-gov-west-1a', 'us-gov-west-1b']],
  ['availabilityZones', '6', 6],
  ['availabilityZones', zones('abcdef').join(), zones('abcdef')],
  ['deletionProtection', 'true', true],
  ['deletionProtection', 'false', false],
  ['vpcId', 'vpc-0a1b2c3d', 'vpc-0a1b2c3d'],
  ['vpcId', 'vpc-0123456789abcdef0', 'vpc-0123456789abcdef0'],
  ['apiAccessCidrs', '52.0.0.0/8', ['52.0.0.0/8']],
  // Beside private ranges: 172.16.0.0/12 and 100.64.0.0/10.
  ['apiAccessCidrs', '172.32.0.0/16,100.128.0.0/16', ['172.32.0.0/16', '100.128.0.0/16']],
  [
    'clusterAdminArns',
    'arn:aws-us-gov:iam::111122223333:role/Admin, arn:aws-cn:iam::111122223333:user/team/alice',
    ['arn:aws-us-gov:iam::111122223333:role/Admin', 'arn:aws-cn:iam::111122223333:user/team/alice'],
  ],
  ['logRetentionDays', '3653', 3653],
  ['alarmEmail', 'ops.team@mail.example.com', 'ops.team@mail.example.com'],
  ['alarmEmail', 'o@e.co', 'o@e.co'],
  ['httpsProxy', 'http://10.0.3.4:80/', 'http://10.0.3.4:80'],
  ...[
    '111122223333.dkr.ecr.ap-southeast-3.amazonaws.com',
    '111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn',
  ].map((host): [string, string, string] => ['registry', host, host]),
])('%s %s is accepted', (setting, text, value) => {
  expect(environmentWith({ [setting]: text })).toHaveProperty(setting, value);
});

const certificate =
  'arn:aws-us-gov:acm:us-gov-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012';

test.each([
  { region: 'us-east-1', availabilityZones: 'us-east-1a,us-east-1b' },
  { vpcId: 'vpc-0a1b2c3d', natGateways: 0, ingress: 'public', ingressCidrs: '52.94.76.1/32', registry },
  { vpcId: 'vpc-0a1b2c3d', natGateways: 0, region: 'eu-west-1', registry },
  { ingress: 'internal', ingressCertificateArn: certificate },
  { ingress: 'internal', ingressCertificateArn: certificate, region: 'us-gov-west-1' },
  { ingress: 'internal', ingressCidrs: '0.0.0.0/0' },
  { ingress: 'public', ingressCidrs: '52.0.0.0/8' },
  { ingress: 'public', ingressCidrs: '52.94.76.1/32' },
  { ingress: 'public', ingressCidrs: '0.0.0.0/0', ingressCertificateArn: certificate },
])('%j go together', (settings) => {
  expect(() => environmentWith(settings)).not.toThrow();
});

test.each([
  ['stackName', '2-shops'],
  ['stackName', 'shop_2'],
  ['stackName', `Shop-2${'x'.repeat(95)}`],
  ['account', '11112222333'],
  ['account', '1111222233334'],
  ['account', '11112222333x'],
  ['region', 'us-west-22'],
  ['region', '1us-west-2'],
  ['region', 'us-west'],
  ['vpcCidr', '10.0.0.0/15'],
  ['vpcCidr', '10.0.0.0/25'],
  ['vpcCidr', '10.0.0.0/16/16'],
  ['vpcCidr', '10.0.0.0/016'],
  ['vpcCidr', '10.0.0.0/16x'],
  ['availabilityZones', '1'],
  ['availabilityZones', '7'],
  ['availabilityZones', '10'],
  ['availabilityZones', '3x'],
  ['natGateways', '7'],
  ['natGateways', '3x'],
  ['vpcId', 'my-vpc-0a1b2c3d'],
  ['clusterAdminArns', 'an arn:aws:iam::111122223333:role/Admin'],
  ['clusterAdminArns', 'arn:aws:iam::111122223333:role/The Admin'],
  ['clusterAdminArns', 'arn:aws:iam::111122223333:group/Admins'],
  ['alarmEmail', '@example.com'],
  ['alarmEmail', 'ops@example'],
  ['alarmEmail', 'the ops@example.com'],
  ['alarmEmail', 'ops@example.com now'],
  ['alarmEmail', 'ops@@example.com'],
  ['ingressCertificateArn', `an ${certificate}`],
  ['ingressCertificateArn', `${certificate}/1`],
  ['ingressCertificateArn', 'arn:aws:acm:us-west-2:1:certificate/1'],
  ['vpcId', 'vpc-0a1b2c3d4'],
  ['apiAccessCidrs', '172.31.0.0/16'],
  ['apiAccessCidrs', '100.127.0.0/16'],
  ['apiAccessCidrs', '52.0.0.0/7'],
])('%s %s, just beyond, is not', (setting, text) => {
  expect(() => environmentWith({ [setting]: text })).toThrow(`${setting} "${text}"`);
});

test('an object is shown as it is', () => {
  expect(() => environmentWith({ vpcCidr: { from: '10.0.0.0' } })).toThrow(
    String.raw`vpcCidr "{\"from\":\"10.0.0.0\"}"`,
  );
});
