import { Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { FargateWorkload } from '../../../lib/constructs/workload/fargate-workload';
import { appliedManifests, manifestOf } from '../../support/applied-manifests';
import { refusals } from '../../support/refusals';
import { chartOf, clusterStack, deployment } from '../support/cluster-stack';

/** A workload that may read a bucket, with pods of one ServiceAccount. */
function stackWithWorkload(serviceAccountName: string | undefined) {
  const stack = clusterStack();
  const bucket = new s3.Bucket(stack, 'Bucket');
  new FargateWorkload(stack, 'Reports', {
    cluster: stack.cluster,
    namespace: 'reports',
    profile: { name: 'reports-profile', selectors: [{ namespace: 'reports' }] },
    permissions: { reader: (pods) => bucket.grantRead(pods) },
    charts: [chartOf('Reports', deployment('reports', 'reports', { serviceAccountName }))],
  });
  return stack;
}

const reports = stackWithWorkload('reader');
const template = Template.fromStack(reports);

/** The trust of the role, as IAM reads it: references are replaced by `<ref>`. */
function trustOf(role: Readonly<Record<string, unknown>>) {
  const { 'Fn::Join': join } = role['AssumeRolePolicyDocument'] as { 'Fn::Join': [string, unknown[]] };
  return JSON.parse(join[1].map((part) => (typeof part === 'string' ? part : '<ref>')).join(join[0]));
}

const [[roleId, role]] = Object.entries(template.findResources('AWS::IAM::Role')).filter(
  ([, { Properties }]) => Properties.Description === 'Pods of the ServiceAccount reports/reader',
) as [[string, { Properties: Record<string, unknown> }]];

test('only the pods of the ServiceAccount may assume the role, with a token for AWS', () => {
  expect(trustOf(role.Properties)).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRoleWithWebIdentity',
        Principal: { Federated: '<ref>' },
        Condition: {
          StringEquals: {
            '<ref>:aud': 'sts.amazonaws.com',
            '<ref>:sub': 'system:serviceaccount:reports:reader',
          },
        },
      },
    ],
  });
});

test('the role has what was granted, and nothing else', () => {
  expect(role.Properties).not.toHaveProperty('ManagedPolicyArns');
  expect(role.Properties).not.toHaveProperty('Policies');
  const policies = Object.values(template.findResources('AWS::IAM::Policy')).filter(
    ({ Properties }) => Properties.Roles[0].Ref === roleId,
  );
  expect(policies.map(({ Properties }) => Properties.PolicyDocument.Statement)).toMatchObject([
    [{ Effect: 'Allow', Action: ['s3:GetBucket*', 's3:GetObject*', 's3:List*'] }],
  ]);
});

test('the plan has the ServiceAccount with its role', () => {
  expect(reports.cluster.plan.serviceAccounts).toMatchObject([
    { namespace: 'reports', name: 'reader', role: { logicalId: roleId, inlinePolicies: [{}] } },
  ]);
});

test('the ServiceAccount names the role, and gives no token for the Kubernetes API', () => {
  const { objects } = manifestOf(template, 'ServiceAccount', 'reader');
  expect(objects).toMatchObject([
    {
      metadata: {
        name: 'reader',
        namespace: 'reports',
        annotations: { 'eks.amazonaws.com/role-arn': '<ref>' },
      },
      automountServiceAccountToken: false,
    },
  ]);
});

test('it comes after the namespace, and the pods come after it and its permissions', () => {
  const namespace = manifestOf(template, 'Namespace', 'reports');
  const account = manifestOf(template, 'ServiceAccount', 'reader');
  const pods = manifestOf(template, 'Deployment', 'reports');
  expect(account.resource.DependsOn).toContain(namespace.logicalId);
  const policies = Object.keys(template.findResources('AWS::IAM::Policy')).filter((id) =>
    id.startsWith('Reports'),
  );
  expect(policies).toHaveLength(1);
  expect(pods.resource.DependsOn).toEqual(expect.arrayContaining([account.logicalId, ...policies]));
});

test('it brings one resource besides roles, policies and manifests: the identity provider', () => {
  const without = Template.fromStack(clusterStack());
  const types = (of: Template) =>
    new Set(Object.values<{ Type: string }>(of.toJSON().Resources).map(({ Type }) => Type));
  expect([...types(template)].filter((type) => !types(without).has(type)).toSorted()).toEqual([
    'AWS::IAM::OIDCProvider',
    'AWS::S3::Bucket',
  ]);
  const functions = (of: Template) => Object.keys(of.findResources('AWS::Lambda::Function')).length;
  expect(functions(template)).toBe(functions(without));
});

test.each([undefined, 'reports'])('permissions that no pod gets are refused: pods run as %s', (account) => {
  expect(refusals(() => Template.fromStack(stackWithWorkload(account)))).toEqual([
    '[Blocks/Reports/ServiceAccount-reader] ServiceAccount reports/reader: has permissions in AWS, but no pod runs as it, so no pod gets them. Set serviceAccountName: reader in the spec of the pod template, or remove the permissions.',
  ]);
});

test('pods of another namespace do not count', () => {
  const stack = stackWithWorkload('other');
  new FargateWorkload(stack, 'Other', {
    cluster: stack.cluster,
    namespace: 'other',
    profile: { name: 'other-profile', selectors: [{ namespace: 'other' }] },
    charts: [chartOf('Other', deployment('other', 'other', { serviceAccountName: 'reader' }))],
  });
  expect(refusals(() => Template.fromStack(stack))).toEqual([
    expect.stringContaining('ServiceAccount reports/reader: has permissions in AWS, but no pod runs as it'),
  ]);
});

test('a ServiceAccount of the same name in a chart is refused', () => {
  const stack = clusterStack();
  new FargateWorkload(stack, 'Reports', {
    cluster: stack.cluster,
    namespace: 'reports',
    profile: { name: 'reports-profile', selectors: [{ namespace: 'reports' }] },
    permissions: { reader: () => undefined },
    charts: [
      chartOf(
        'Reports',
        { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'reader', namespace: 'reports' } },
        deployment('reports', 'reports', { serviceAccountName: 'reader' }),
      ),
    ],
  });
  expect(refusals(() => Template.fromStack(stack))).toEqual([
    expect.stringMatching(/ServiceAccount reports\/reader: .*twice/),
  ]);
});

test('a workload without permissions has no identity provider', () => {
  const stack = clusterStack();
  new FargateWorkload(stack, 'Plain', {
    cluster: stack.cluster,
    namespace: 'plain',
    profile: { name: 'plain-profile', selectors: [{ namespace: 'plain' }] },
    charts: [chartOf('Plain', deployment('plain', 'plain'))],
  });
  const plain = Template.fromStack(stack);
  plain.resourceCountIs('AWS::IAM::OIDCProvider', 0);
  expect(appliedManifests(plain).flatMap(({ objects }) => objects.map(({ kind }) => kind))).not.toContain(
    'ServiceAccount',
  );
});
