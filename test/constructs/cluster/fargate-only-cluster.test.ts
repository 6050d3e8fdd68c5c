import { KubectlV28Layer } from '@aws-cdk/lambda-layer-kubectl-v28';
import { KubectlV36Layer } from '@aws-cdk/lambda-layer-kubectl-v36';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import type { IConstruct } from 'constructs';
import { UserError } from '../../../lib/user-error';
import { onASupportedDay, testStack, testTemplate } from '../../support/test-stack';

const template = testTemplate();

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

/** A profile under the name that is given to it, whatever suffix follows. */
const called = (name: string) => Match.stringLikeRegexp(`^${name}-[0-9a-f]{6}$`);

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
])('version %s gets a kubectl within one minor', (kubernetesVersion, layer) => {
  const layers = testStack({ kubernetesVersion }).node.findAll().filter(isKubectlLayer);
  expect(layers).toEqual([expect.any(layer)]);
});

test('version 1.28 synthesizes, and warns', () => {
  jest.spyOn(console, 'error').mockImplementation();
  const stack = testStack({ kubernetesVersion: '1.28' });
  Template.fromStack(stack).hasResourceProperties('AWS::EKS::Cluster', { Version: '1.28' });
  Annotations.fromStack(stack).hasWarning(
    '/TestStack/Cluster',
    Match.stringLikeRegexp(
      "EKS creates no new 1.28 cluster since 2025-11-26, and a deploy fails once it has made the network: write kubernetesVersion: '1.36'",
    ),
  );
});

test('gives no warning by default', () => {
  expect(Annotations.fromStack(testStack()).findWarning('*', Match.anyValue())).toEqual([]);
});

test('CoreDNS is the add-on, on Fargate, after the profile that takes it', () => {
  const [coreDns] = idsOf('AWS::EKS::Addon', { AddonName: 'coredns' });
  const addon = template.toJSON().Resources[coreDns!];
  expect(JSON.parse(addon.Properties.ConfigurationValues)).toMatchObject({
    computeType: 'Fargate',
    replicaCount: 2,
  });
  expect(dependenciesOf(coreDns!)).toEqual(
    expect.arrayContaining(
      idsOf('AWS::EKS::FargateProfile', { FargateProfileName: called('system-profile') }),
    ),
  );
  template.hasResourceProperties('AWS::EKS::FargateProfile', {
    FargateProfileName: called('system-profile'),
    Selectors: [{ Namespace: 'kube-system', Labels: [{ Key: 'k8s-app', Value: 'kube-dns' }] }],
  });
});

test('its API server answers kubectl before anything is applied', () => {
  const [cluster] = idsOf('AWS::EKS::Cluster');
  expect(dependenciesOf(cluster!)).toEqual(
    expect.arrayContaining(idsOf('AWS::EC2::SecurityGroupIngress', { FromPort: 443, ToPort: 443 })),
  );
});

test('the API server has no public endpoint unless it is opened', () => {
  template.hasResourceProperties('AWS::EKS::Cluster', {
    ResourcesVpcConfig: { EndpointPrivateAccess: true, EndpointPublicAccess: false },
  });
  testTemplate({ apiAccessCidrs: '52.94.76.1/32' }).hasResourceProperties('AWS::EKS::Cluster', {
    ResourcesVpcConfig: {
      EndpointPrivateAccess: true,
      EndpointPublicAccess: true,
      PublicAccessCidrs: ['52.94.76.1/32'],
    },
  });
});

test('an endpoint that was opened can be closed again: no property of it is ever left out', () => {
  const keys = (settings: Record<string, unknown>) =>
    Object.values(testTemplate(settings).findResources('AWS::EKS::Cluster')).map(({ Properties }) =>
      Object.keys(Properties.ResourcesVpcConfig).toSorted(),
    );
  expect(keys({})).toEqual(keys({ apiAccessCidrs: '52.94.76.1/32' }));
  template.hasResourceProperties('AWS::EKS::Cluster', { ResourcesVpcConfig: { PublicAccessCidrs: [] } });
});

test('its role may use the key before the cluster is made, with all that EKS needs for Secrets', () => {
  const [cluster] = idsOf('AWS::EKS::Cluster');
  const policies = dependenciesOf(cluster!).filter(
    (id) => template.toJSON().Resources[id].Type === 'AWS::IAM::Policy',
  );
  expect(policies).toHaveLength(1);
  const [statement] = template.toJSON().Resources[policies[0]!].Properties.PolicyDocument.Statement;
  expect(statement.Action).toEqual(['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:ListGrants']);
});

test('people and pipelines in the VPC are admitted to the API server at a group of its own', () => {
  const [cluster] = Object.values(template.findResources('AWS::EKS::Cluster'));
  template.hasOutput('ApiSecurityGroupId', {
    Value: cluster!.Properties.ResourcesVpcConfig.SecurityGroupIds[0],
  });
});

test('deletion protection can be set', () => {
  template.hasResourceProperties('AWS::EKS::Cluster', { DeletionProtection: false });
  testTemplate({ deletionProtection: true }).hasResourceProperties('AWS::EKS::Cluster', {
    DeletionProtection: true,
  });
});

describe('a profile', () => {
  test('selects its pods, in the private subnets', () => {
    const privateSubnets = Object.keys(
      template.findResources('AWS::EC2::Subnet', {
        Properties: { Tags: Match.arrayWith([{ Key: 'aws-cdk:subnet-type', Value: 'Private' }]) },
      }),
    );
    expect(privateSubnets).toHaveLength(3);
    template.hasResourceProperties('AWS::EKS::FargateProfile', {
      FargateProfileName: called('web-profile'),
      Selectors: [{ Namespace: 'web', Labels: [{ Key: 'compute', Value: 'fargate' }] }],
      Subnets: privateSubnets.map((Ref) => ({ Ref })),
    });
  });

  test('has a pod execution role of its own, for this cluster only', () => {
    const roles = template.findResources('AWS::IAM::Role', {
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [
            {
              Principal: { Service: 'eks-fargate-pods.amazonaws.com' },
              Condition: {
                ArnLike: {
                  'aws:SourceArn': { 'Fn::Join': ['', Match.arrayWith([':fargateprofile/TestStack/*'])] },
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

  test('has a role that pulls images and writes to the log group, no more', () => {
    const [podLogs] = idsOf('AWS::Logs::LogGroup', { LogGroupName: '/aws/eks/TestStack/pods' });
    const [profile] = idsOf('AWS::EKS::FargateProfile', { FargateProfileName: called('web-profile') });
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

  test.each([
    [
      'more selectors than a profile takes',
      ['a', 'b', 'c', 'd', 'e', 'f'].map((namespace) => ({ namespace })),
      'FargateProfile wrong: has 6 selectors, and EKS allows 5. Use wildcards, or a second profile.',
    ],
    [
      'more labels than a selector takes',
      [{ namespace: 'shop', labels: { a: '1', b: '2', c: '3', d: '4', e: '5', f: '6' } }],
      'FargateProfile wrong: selector namespace=shop has 6 labels, and EKS allows 5. Select by fewer.',
    ],
    [
      'a profile for nothing',
      [],
      'FargateProfile wrong: has no selector. Write one, with the namespace of its pods.',
    ],
  ])('is refused at once: %s', (_mistake, selectors, message) => {
    expect(() => testStack().cluster.addProfile('Wrong', { name: 'wrong', selectors })).toThrow(
      new UserError([message]),
    );
  });

  test('has an id of its own', () => {
    expect(() =>
      testStack().cluster.addProfile('WebProfile', { name: 'other', selectors: [{ namespace: 'other' }] }),
    ).toThrow(
      new Error("There is already a Construct with name 'WebProfileRole' in FargateOnlyCluster [Cluster]"),
    );
  });
});
