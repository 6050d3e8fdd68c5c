import { Template } from 'aws-cdk-lib/assertions';
import { gatewayEndpoints, interfaceEndpoints } from '../../../lib/constructs/network/private-endpoints';
import { UserError } from '../../../lib/user-error';
import { allBlocks, registry } from '../../support/blocks';
import { environmentWith } from '../../support/environment-with';
import { testApp, TestStack, testTemplate } from '../../support/test-stack';
import { lookupEnv, lookupVpcId, vpcLookup } from '../../support/vpc-lookup';

const template = testTemplate();

test('three zones, in a stack that knows no account', () => {
  template.resourceCountIs('AWS::EC2::Subnet', 6);
  for (const zone of [0, 1, 2]) {
    template.hasResourceProperties('AWS::EC2::Subnet', {
      AvailabilityZone: { 'Fn::Select': [zone, { 'Fn::GetAZs': '' }] },
    });
  }
});

test('no subnet gives out public addresses', () => {
  template.allResourcesProperties('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false });
});

test('a NAT gateway in each zone, or fewer', () => {
  template.resourceCountIs('AWS::EC2::NatGateway', 3);
  testTemplate({ natGateways: 1 }).resourceCountIs('AWS::EC2::NatGateway', 1);
});

test('the range and the zones can be chosen', () => {
  const chosen = testTemplate({ vpcCidr: '10.42.0.0/20', availabilityZones: 'us-east-1a,us-east-1d' });
  chosen.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.42.0.0/20' });
  chosen.resourceCountIs('AWS::EC2::Subnet', 4);
  chosen.hasResourceProperties('AWS::EC2::Subnet', { AvailabilityZone: 'us-east-1d' });
  testTemplate({ availabilityZones: 2 }).resourceCountIs('AWS::EC2::Subnet', 4);
});

test('DNS hostnames and resolution are on, as Fargate needs', () => {
  template.hasResourceProperties('AWS::EC2::VPC', { EnableDnsHostnames: true, EnableDnsSupport: true });
});

test('S3, where ECR keeps the layers of images, is reached past the NAT gateways', () => {
  template.resourceCountIs('AWS::EC2::VPCEndpoint', 1);
  template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
    VpcEndpointType: 'Gateway',
    ServiceName: { 'Fn::Join': ['', ['com.amazonaws.', { Ref: 'AWS::Region' }, '.s3']] },
  });
});

describe('without NAT gateways', () => {
  const closed = testTemplate({ natGateways: 0 });

  test('there is no way to the internet', () => {
    for (const type of ['InternetGateway', 'VPCGatewayAttachment', 'NatGateway', 'EIP', 'Route']) {
      closed.resourceCountIs(`AWS::EC2::${type}`, 0);
    }
    closed.resourceCountIs('AWS::EC2::Subnet', 3);
  });

  test('the private subnets have the ranges that they have with NAT gateways', () => {
    const ranges = (from: Template) =>
      Object.entries(from.findResources('AWS::EC2::Subnet'))
        .filter(([id]) => id.includes('PrivateSubnet'))
        .map(([, { Properties }]) => Properties.CidrBlock);
    expect(ranges(closed)).toEqual(ranges(template));
  });

  const endpoints = Object.entries(closed.findResources('AWS::EC2::VPCEndpoint'));
  const ofType = (type: string) =>
    endpoints.filter(([, { Properties }]) => Properties.VpcEndpointType === type);

  test('there is an endpoint for all that is called, in every zone', () => {
    expect(ofType('Interface').map(([, { Properties }]) => Properties.SubnetIds)).toEqual(
      Array.from({ length: 6 }, () => [expect.anything(), expect.anything(), expect.anything()]),
    );
    const services = endpoints.map(([, { Properties }]) => JSON.stringify(Properties.ServiceName));
    for (const service of ['ecr.api', 'ecr.dkr', 'sts', 'logs', 'eks', 'lambda', 's3', 'dynamodb']) {
      expect(services.filter((name) => name.includes(`.${service}"`))).toHaveLength(1);
    }
  });

  test('they answer the VPC on port 443, and nothing else', () => {
    const [[id, { Properties }]] = Object.entries(
      closed.findResources('AWS::EC2::SecurityGroup', {
        Properties: { GroupDescription: 'Interface endpoints of the VPC' },
      }),
    ) as [[string, { Properties: { SecurityGroupIngress: unknown; SecurityGroupEgress?: unknown } }]];
    expect(Properties.SecurityGroupIngress).toEqual([
      expect.objectContaining({ CidrIp: '10.0.0.0/16', FromPort: 443, ToPort: 443, IpProtocol: 'tcp' }),
    ]);
    for (const [, endpoint] of ofType('Interface')) {
      expect(endpoint.Properties.SecurityGroupIds).toEqual([{ 'Fn::GetAtt': [id, 'GroupId'] }]);
    }
  });

  test('the cluster and the kubectl handler need them from the first call to the last', () => {
    const ids = endpoints.map(([endpoint]) => endpoint).filter((id) => id.includes('Endpoints'));
    expect(ids).toHaveLength(7);
    for (const type of ['AWS::EKS::Cluster', 'AWS::Lambda::Function']) {
      const waiting = Object.entries(closed.findResources(type))
        .filter(([id]) => id.startsWith('Cluster'))
        .map(([, { DependsOn = [] }]) => DependsOn);
      expect(waiting.length).toBeGreaterThan(0);
      for (const dependencies of waiting) {
        expect(dependencies).toEqual(expect.arrayContaining(ids));
      }
    }
  });
});

test('a block brings the endpoints that it needs, and the cluster waits for them too', () => {
  const added = (settings: Readonly<Record<string, unknown>>) => {
    const before = Object.keys(testTemplate({ natGateways: 0 }).findResources('AWS::EC2::VPCEndpoint'));
    return Object.entries(
      testTemplate({ natGateways: 0, ...settings }).findResources('AWS::EC2::VPCEndpoint'),
    ).filter(([id]) => !before.includes(id));
  };
  expect(
    added({ registry, autoscaling: true, podSecurityGroups: true, alarmEmail: 'ops@example.com' }),
  ).toEqual([]);
  const ofIngress = added({ registry, ingress: 'internal' });
  expect(
    ofIngress.map(([, { Properties }]) => Properties.ServiceName['Fn::Join'][1].at(-1)).toSorted(),
  ).toEqual(['.ec2', '.elasticloadbalancing']);
  const [cluster] = Object.values(
    testTemplate({ natGateways: 0, registry, ingress: 'internal' }).findResources('AWS::EKS::Cluster'),
  );
  expect(cluster!['DependsOn']).toEqual(expect.arrayContaining(ofIngress.map(([id]) => id)));
});

test('with every block there is every endpoint of the table', () => {
  const names = Object.values(
    testTemplate({ ...allBlocks, natGateways: 0 }).findResources('AWS::EC2::VPCEndpoint'),
  ).map(({ Properties }) => Properties.ServiceName['Fn::Join'][1].at(-1));
  expect(names.toSorted()).toEqual(
    [...interfaceEndpoints, ...gatewayEndpoints].map(({ service }) => `.${service}`).toSorted(),
  );
});

test('flow logs are delivered for this account only', () => {
  template.hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        },
      ],
    },
  });
});

describe('an existing VPC', () => {
  const buildWith = (settings: Readonly<Record<string, unknown>>, ...zones: readonly string[]) =>
    new TestStack(testApp(vpcLookup(...zones)), 'TestStack', {
      environment: environmentWith({ vpcId: lookupVpcId, ...settings }),
      env: lookupEnv,
    });
  const build = (...zones: readonly string[]) => buildWith({}, ...zones);

  // CDK asks to tag the subnets for load balancers, of which there are none.
  beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());

  test('is used as it is', () => {
    const privateSubnetIds = ['subnet-0123456789abcdefa', 'subnet-0123456789abcdefb'];
    const existing = Template.fromStack(build('a', 'b'));
    existing.resourceCountIs('AWS::EC2::VPC', 0);
    existing.resourceCountIs('AWS::EC2::NatGateway', 0);
    existing.hasResourceProperties('AWS::EKS::FargateProfile', { Subnets: privateSubnetIds });
    existing.hasResourceProperties('AWS::EKS::Cluster', {
      ResourcesVpcConfig: { SubnetIds: privateSubnetIds },
    });
  });

  test('without a way to the internet is judged as such, and brings its endpoints', () => {
    const existing = buildWith({ natGateways: 0, registry, ingress: 'internal' }, 'a', 'b');
    expect(existing.cluster.plan.internet).toBe(false);
    expect(build('a', 'b').cluster.plan.internet).toBe(true);
    Template.fromStack(existing).resourceCountIs('AWS::EC2::VPCEndpoint', 0);
  });

  test('must have private subnets in two zones', () => {
    expect(() => build('a')).toThrow(
      new UserError([
        'vpcId "vpc-0123456789abcdef0" has private subnets (with a NAT route, or the tag aws-cdk:subnet-type Private) in 1 availability zones: EKS needs two, and Fargate runs pods in private subnets only. Add private subnets, or leave vpcId out for a new VPC (docs/existing-vpc.md)',
      ]),
    );
    expect(() => build()).toThrow(
      'has private subnets (with a NAT route, or the tag aws-cdk:subnet-type Private) in 0 availability zones',
    );
    // Two subnets, and one zone.
    expect(() => build('a', 'a')).toThrow(
      'has private subnets (with a NAT route, or the tag aws-cdk:subnet-type Private) in 1 availability zones',
    );
  });
});
