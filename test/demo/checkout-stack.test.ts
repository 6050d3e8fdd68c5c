import { KubectlV28Layer } from '@aws-cdk/lambda-layer-kubectl-v28';
import { KubectlV36Layer } from '@aws-cdk/lambda-layer-kubectl-v36';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';
import { checkoutVariantNames } from '../../charts/checkout/variants';
import { CheckoutStack } from '../../lib/stack/checkout-stack';
import { settings } from '../../lib/config/settings';
import { UserError } from '../../lib/user-error';
import { planEnvironment } from '../../lib/stack/plan-environment';
import { appliedManifests, manifestOf } from '../support/applied-manifests';
import {
  checkoutStack,
  checkoutTemplate,
  testApp,
  featureFlags,
  onASupportedDay,
} from '../support/checkout-stack';
import { environmentWith } from '../support/environment';
import { stableTemplate } from '../support/stable-template';
import { lookupEnv, lookupVpcId, vpcLookup } from '../support/vpc-lookup';

const template = checkoutTemplate();

const isKubectlLayer = (construct: IConstruct) =>
  construct instanceof KubectlV28Layer || construct instanceof KubectlV36Layer;

/** Logical IDs of the resources that fit. */
function idsOf(type: string, properties: Record<string, unknown> = {}): string[] {
  return Object.keys(template.findResources(type, { Properties: properties }));
}

/** Logical IDs that a resource waits for. */
function dependenciesOf(logicalId: string): string[] {
  return template.toJSON().Resources[logicalId].DependsOn ?? [];
}

test('the whole template, with asset hashes masked', () => {
  expect(stableTemplate(template)).toMatchSnapshot();
});

describe('network', () => {
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
    checkoutTemplate({ natGateways: 1 }).resourceCountIs('AWS::EC2::NatGateway', 1);
  });

  test('the range and the zones can be chosen', () => {
    const chosen = checkoutTemplate({ vpcCidr: '10.42.0.0/20', availabilityZones: 'us-east-1a,us-east-1d' });
    chosen.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.42.0.0/20' });
    chosen.resourceCountIs('AWS::EC2::Subnet', 4);
    chosen.hasResourceProperties('AWS::EC2::Subnet', { AvailabilityZone: 'us-east-1d' });
    checkoutTemplate({ availabilityZones: 2 }).resourceCountIs('AWS::EC2::Subnet', 4);
  });

  test('DNS hostnames and resolution are on, as Fargate needs', () => {
    template.hasResourceProperties('AWS::EC2::VPC', { EnableDnsHostnames: true, EnableDnsSupport: true });
  });
});

describe('an existing VPC', () => {
  const build = (...zones: readonly string[]) =>
    new CheckoutStack(testApp(vpcLookup(...zones)), 'CheckoutStack', {
      environment: environmentWith({ vpcId: lookupVpcId }),
      env: lookupEnv,
    });

  test('is used as it is', () => {
    const privateSubnetIds = ['subnet-0123456789abcdefa', 'subnet-0123456789abcdefb'];
    const stack = build('a', 'b');
    // CDK asks to tag the subnets for load balancers, of which there are none.
    jest.spyOn(console, 'error').mockImplementation();
    const existing = Template.fromStack(stack);
    existing.resourceCountIs('AWS::EC2::VPC', 0);
    existing.resourceCountIs('AWS::EC2::NatGateway', 0);
    existing.hasResourceProperties('AWS::EKS::FargateProfile', { Subnets: privateSubnetIds });
    existing.hasResourceProperties('AWS::EKS::Cluster', {
      ResourcesVpcConfig: { SubnetIds: privateSubnetIds },
    });
  });

  test('must have private subnets in two zones', () => {
    jest.spyOn(console, 'error').mockImplementation();
    expect(() => build('a')).toThrow(
      new UserError([
        'vpcId "vpc-0123456789abcdef0" has private subnets (with a NAT route) in 1 availability zones: EKS needs two, and Fargate runs pods in private subnets only. Add private subnets, or leave vpcId out for a new VPC (docs/existing-vpc.md)',
      ]),
    );
    expect(() => build()).toThrow('has private subnets (with a NAT route) in 0 availability zones');
  });
});

test('every variant is planned, whichever is chosen', () => {
  const { variants } = planEnvironment({ ...featureFlags, variant: 'resized' });
  expect(variants.map(({ variant }) => variant)).toEqual(checkoutVariantNames);
  const sizes = variants.map(
    ({ clusters }) =>
      clusters[0]!.check().pods.find(({ object }) => object === 'Deployment checkout/checkout')?.size,
  );
  expect(sizes[0]).not.toEqual(sizes[1]);
});

test('an existing VPC changes no pod, and needs no credentials to plan them', () => {
  const [inVpc] = planEnvironment({ ...featureFlags, vpcId: lookupVpcId }).variants;
  expect(inVpc!.clusters[0]!.check()).toEqual(checkoutStack({ variant: 'labelled' }).cluster.plan.check());
  expect(inVpc!.resources.get('AWS::EC2::NatGateway')).toBeUndefined();
});

describe('cluster', () => {
  beforeEach(onASupportedDay);
  afterEach(() => jest.useRealTimers());

  test('has no node but Fargate', () => {
    template.resourceCountIs('AWS::EKS::Cluster', 1);
    template.resourceCountIs('AWS::EKS::Nodegroup', 0);
    template.hasResourceProperties('AWS::EKS::Cluster', {
      Version: '1.36',
      BootstrapSelfManagedAddons: false,
      ComputeConfig: { Enabled: false },
    });
  });

  test.each([
    ['1.36', KubectlV36Layer],
    ['1.29', KubectlV28Layer],
    ['1.28', KubectlV28Layer],
  ])('of version %s gets a kubectl within one minor', (kubernetesVersion, layer) => {
    const layers = checkoutStack({ kubernetesVersion }).node.findAll().filter(isKubectlLayer);
    expect(layers).toEqual([expect.any(layer)]);
  });

  test('of version 1.28 synthesizes, and warns', () => {
    jest.spyOn(console, 'error').mockImplementation();
    const stack = checkoutStack({ kubernetesVersion: '1.28' });
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::Cluster', { Version: '1.28' });
    Annotations.fromStack(stack).hasWarning(
      '/CheckoutStack/Cluster',
      Match.stringLikeRegexp('EKS creates no new 1.28 cluster since 2025-11-26: choose 1.36'),
    );
  });

  test('gives no warning by default', () => {
    expect(Annotations.fromStack(checkoutStack()).findWarning('*', Match.anyValue())).toEqual([]);
  });

  test('CoreDNS is the add-on, on Fargate, after the profile that takes it', () => {
    const [coreDns] = idsOf('AWS::EKS::Addon', { AddonName: 'coredns' });
    const addon = template.toJSON().Resources[coreDns!];
    expect(JSON.parse(addon.Properties.ConfigurationValues)).toMatchObject({
      computeType: 'Fargate',
      replicaCount: 2,
    });
    expect(dependenciesOf(coreDns!)).toEqual(
      expect.arrayContaining(idsOf('AWS::EKS::FargateProfile', { FargateProfileName: 'system-profile' })),
    );
    template.hasResourceProperties('AWS::EKS::FargateProfile', {
      FargateProfileName: 'system-profile',
      Selectors: [{ Namespace: 'kube-system', Labels: [{ Key: 'k8s-app', Value: 'kube-dns' }] }],
    });
  });

  test('its API server answers kubectl before anything is applied', () => {
    const [cluster] = idsOf('AWS::EKS::Cluster');
    expect(dependenciesOf(cluster!)).toEqual(
      expect.arrayContaining(idsOf('AWS::EC2::SecurityGroupIngress', { FromPort: 443, ToPort: 443 })),
    );
  });
});

describe('checkout profile', () => {
  test('selects the labelled pods of its namespace, in the private subnets', () => {
    const privateSubnets = Object.keys(
      template.findResources('AWS::EC2::Subnet', {
        Properties: { Tags: Match.arrayWith([{ Key: 'aws-cdk:subnet-type', Value: 'Private' }]) },
      }),
    );
    expect(privateSubnets).toHaveLength(3);
    template.hasResourceProperties('AWS::EKS::FargateProfile', {
      FargateProfileName: 'checkout-profile',
      Selectors: [{ Namespace: 'checkout', Labels: [{ Key: 'fargate', Value: 'yes' }] }],
      Subnets: privateSubnets.map((Ref) => ({ Ref })),
    });
  });

  test('each profile has a pod execution role of its own, for this cluster only', () => {
    const roles = template.findResources('AWS::IAM::Role', {
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [
            {
              Principal: { Service: 'eks-fargate-pods.amazonaws.com' },
              Condition: {
                ArnLike: {
                  'aws:SourceArn': {
                    'Fn::Join': ['', Match.arrayWith([':fargateprofile/CheckoutStack/*'])],
                  },
                },
              },
            },
          ],
        },
      },
    });
    const used = Object.values(template.findResources('AWS::EKS::FargateProfile')).map(
      ({ Properties }) => Properties.PodExecutionRoleArn['Fn::GetAtt'][0],
    );
    expect(used.toSorted()).toEqual(Object.keys(roles).toSorted());
    expect(new Set(used).size).toBe(used.length);
  });

  test('its role pulls images and writes to its log group, no more', () => {
    const [podLogs] = idsOf('AWS::Logs::LogGroup', { LogGroupName: '/aws/eks/CheckoutStack/pods' });
    const [profile] = idsOf('AWS::EKS::FargateProfile', { FargateProfileName: 'checkout-profile' });
    const roleId = template.toJSON().Resources[profile!].Properties.PodExecutionRoleArn['Fn::GetAtt'][0];
    const role = template.toJSON().Resources[roleId].Properties;
    expect(JSON.stringify(role.ManagedPolicyArns)).toContain(
      ':iam::aws:policy/AmazonEKSFargatePodExecutionRolePolicy',
    );
    expect(role.ManagedPolicyArns).toHaveLength(1);
    expect(role.Policies.map((policy: { PolicyDocument: unknown }) => policy.PolicyDocument)).toEqual([
      {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
            Resource: { 'Fn::GetAtt': [podLogs, 'Arn'] },
          },
        ],
      },
    ]);
    expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).not.toContain(roleId);
  });
});

describe('pod logging', () => {
  test('goes to the stack’s log group and region, with the retention set', () => {
    const [podLogs] = idsOf('AWS::Logs::LogGroup', {
      LogGroupName: '/aws/eks/CheckoutStack/pods',
      RetentionInDays: 90,
    });
    const { resource } = manifestOf(template, 'ConfigMap', 'aws-logging');
    const manifest = JSON.stringify(resource.Properties.Manifest);
    expect(manifest).toContain(JSON.stringify({ Ref: podLogs }));
    expect(manifest).toContain('{"Ref":"AWS::Region"}');
  });
});

describe('workload', () => {
  test('is applied in four steps', () => {
    const steps = appliedManifests(template).map(({ objects }) =>
      objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
    );
    // A fork's own workloads may come before, between and after.
    const ours = new Set([
      'Namespace aws-observability',
      'Namespace checkout',
      'ConfigMap checkout',
      'Deployment checkout',
    ]);
    expect(steps.filter(([first]) => ours.has(first!))).toEqual([
      ['Namespace aws-observability', 'ConfigMap aws-logging'],
      ['Namespace checkout'],
      [
        'ConfigMap checkout',
        'ServiceAccount checkout',
        'Service checkout',
        'PodDisruptionBudget checkout',
        'Service checkout-redis',
        'Deployment checkout-redis',
      ],
      ['Deployment checkout'],
    ]);
  });

  test('no pod starts before profiles, CoreDNS and logging are there', () => {
    const needed = [
      ...idsOf('AWS::EKS::FargateProfile'),
      ...idsOf('AWS::EKS::Addon', { AddonName: 'coredns' }),
      manifestOf(template, 'ConfigMap', 'aws-logging').logicalId,
    ];
    for (const name of ['checkout', 'checkout-redis']) {
      const { resource } = manifestOf(template, 'Deployment', name);
      expect(resource.DependsOn).toEqual(expect.arrayContaining(needed));
    }
    expect(manifestOf(template, 'Deployment', 'checkout').resource.DependsOn).toContain(
      manifestOf(template, 'Deployment', 'checkout-redis').logicalId,
    );
    expect(manifestOf(template, 'Deployment', 'checkout-redis').resource.DependsOn).toContain(
      manifestOf(template, 'Namespace', 'checkout').logicalId,
    );
  });

  test('the namespace is not pruned, and stays when its manifest goes', () => {
    const { resource } = manifestOf(template, 'Namespace', 'checkout');
    expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(resource.Properties).not.toHaveProperty('PruneLabel');
  });

  test('images and the orders endpoint can be chosen', () => {
    const chosen = checkoutTemplate({
      checkoutImage: 'example.test/checkout:2',
      redisImage: 'example.test/redis:7',
      ordersEndpoint: 'https://orders.example.test',
    });
    const text = JSON.stringify(appliedManifests(chosen).map(({ objects }) => objects));
    expect(text).toContain('"image":"example.test/checkout:2"');
    expect(text).toContain('"image":"example.test/redis:7"');
    expect(text).toContain('"RETAIL_CHECKOUT_ENDPOINTS_ORDERS":"https://orders.example.test"');
  });
});

describe('variants', () => {
  const resources = checkoutVariantNames.map(
    (variant) => checkoutTemplate({ variant }).toJSON().Resources as Record<string, unknown>,
  );
  const differing = (one: Record<string, unknown>, other: Record<string, unknown>) =>
    Object.keys(one).filter((id) => JSON.stringify(one[id]) !== JSON.stringify(other[id]));
  const [deployment] = [manifestOf(template, 'Deployment', 'checkout').logicalId];

  test('have the same logical IDs', () => {
    const [labelled, resized, scaled] = resources.map((variant) => Object.keys(variant));
    expect(resized).toEqual(labelled);
    expect(scaled).toEqual(labelled);
  });

  test.each([
    ['labelled', 'resized', 0, 1],
    ['resized', 'scaled', 1, 2],
    ['labelled', 'scaled', 0, 2],
  ])('%s and %s differ in exactly one resource', (_one, _other, one, other) => {
    expect(differing(resources[one]!, resources[other]!)).toEqual([deployment]);
  });
});

describe('access', () => {
  test('by default a new role, which principals of the account may assume', () => {
    const [role] = idsOf('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Principal: {
              AWS: { 'Fn::Join': ['', Match.arrayWith([':iam::', { Ref: 'AWS::AccountId' }, ':root'])] },
            },
          },
        ],
      },
    });
    template.hasResourceProperties('AWS::EKS::AccessEntry', {
      PrincipalArn: { 'Fn::GetAtt': [role, 'Arn'] },
      AccessPolicies: [
        {
          AccessScope: { Type: 'cluster' },
          PolicyArn: {
            'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('AmazonEKSClusterAdminPolicy')])],
          },
        },
      ],
    });
    template.hasOutput('AdminRoleArn', { Value: { 'Fn::GetAtt': [role, 'Arn'] } });
    template.hasOutput('UpdateKubeconfigCommand', {
      Value: {
        'Fn::Join': [
          '',
          [
            'aws eks update-kubeconfig --region ',
            { Ref: 'AWS::Region' },
            ' --name CheckoutStack --role-arn ',
            { 'Fn::GetAtt': [role, 'Arn'] },
          ],
        ],
      },
    });
  });

  test('adminRoleArn gets the access entry instead', () => {
    const adminRoleArn = 'arn:aws:iam::111122223333:role/platform/Admin';
    const given = checkoutTemplate({ adminRoleArn });
    given.hasResourceProperties('AWS::EKS::AccessEntry', { PrincipalArn: adminRoleArn });
    expect(given.findOutputs('AdminRoleArn')).toEqual({});
    given.hasOutput('UpdateKubeconfigCommand', {
      Value: {
        'Fn::Join': [
          '',
          ['aws eks update-kubeconfig --region ', { Ref: 'AWS::Region' }, ' --name CheckoutStack'],
        ],
      },
    });
  });

  test('apiAccessCidrs opens the endpoint to those ranges', () => {
    checkoutTemplate({ apiAccessCidrs: '52.94.76.1/32' }).hasResourceProperties('AWS::EKS::Cluster', {
      ResourcesVpcConfig: {
        EndpointPrivateAccess: true,
        EndpointPublicAccess: true,
        PublicAccessCidrs: ['52.94.76.1/32'],
      },
    });
  });
});

test('the outputs that people and commands read', () => {
  expect(Object.keys(template.toJSON().Outputs)).toEqual([
    'ClusterName',
    'UpdateKubeconfigCommand',
    'AdminRoleArn',
    'PrivateSubnetIds',
    'LogGroupName',
    'FargateProfileName',
    'PodExecutionRoleArn',
    'Variant',
  ]);
  checkoutTemplate({ variant: 'scaled' }).hasOutput('Variant', { Value: 'scaled' });
});

test('logRetentionDays takes what CloudWatch takes', () => {
  const periods = Object.values(RetentionDays).filter((days) => typeof days === 'number' && days < 9999);
  for (const days of periods) {
    expect(settings.logRetentionDays.read(String(days))).toEqual({ value: days });
  }
  expect(settings.logRetentionDays.read('8')).toHaveProperty('problem');
});
