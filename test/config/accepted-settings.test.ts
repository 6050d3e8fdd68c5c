import { environmentWith } from '../support/environment-with';

const zones = (letters: string) => Array.from(letters, (letter) => `us-east-1${letter}`);

/** What AWS accepts, and a reader of settings may not refuse. */
test.each<[setting: string, text: string, value: unknown]>([
  ['region', 'us-gov-west-1', 'us-gov-west-1'],
  ['region', 'ap-southeast-3', 'ap-southeast-3'],
  ['vpcCidr', '10.0.0.0/16', '10.0.0.0/16'],
  ['vpcCidr', '192.168.7.0/24', '192.168.7.0/24'],
  ['natGateways', ' 2 ', 2],
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
  ...[
    '111122223333.dkr.ecr.ap-southeast-3.amazonaws.com',
    '111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn',
  ].map((host): [string, string, string] => ['registry', host, host]),
])('%s %s is accepted', (setting, text, value) => {
  expect(environmentWith({ [setting]: text })).toHaveProperty(setting, value);
});

test.each([
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
  ['vpcId', 'vpc-0a1b2c3d4'],
  ['apiAccessCidrs', '172.31.0.0/16'],
  ['apiAccessCidrs', '100.127.0.0/16'],
  ['apiAccessCidrs', '52.0.0.0/7'],
])('%s %s, just beyond, is not', (setting, text) => {
  expect(() => environmentWith({ [setting]: text })).toThrow(text);
});
