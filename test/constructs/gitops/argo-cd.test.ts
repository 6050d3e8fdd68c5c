import { Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { FargateWorkload, type ChartFactory } from '../../../lib/constructs/workload/fargate-workload';
import { appliedManifests } from '../../support/applied-manifests';
import { allBlocks } from '../../support/blocks';
import { refusals } from '../../support/refusals';
import { chartOf, clusterStack, deployment } from '../support/cluster-stack';

const { gitOps, argoCd } = allBlocks;

/** A cluster whose workloads Argo CD applies, with two of them. */
function stackFromGit(settings: object = { gitOps }, chart?: ChartFactory) {
  const stack = clusterStack({ ...settings });
  for (const namespace of ['shop', 'carts']) {
    new FargateWorkload(stack, namespace, {
      cluster: stack.cluster,
      namespace,
      profile: { name: `${namespace}-profile`, selectors: [{ namespace }] },
      quota: { pods: 4, cpu: '1', memory: '1Gi' },
      charts: [
        chart ??
          chartOf('Chart', deployment(namespace, 'web'), {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            metadata: { name: 'web', namespace },
          }),
      ],
    });
  }
  return stack;
}

const template = Template.fromStack(stackFromGit({ gitOps, argoCd }));
const [[capabilityId, capability]] = Object.entries(template.findResources('AWS::EKS::Capability')) as [
  [string, { DependsOn: string[]; Properties: Record<string, unknown> }],
];
const [[entryId, entry]] = Object.entries(template.findResources('AWS::EKS::AccessEntry')).filter(
  ([, { Properties }]) =>
    JSON.stringify(Properties.PrincipalArn) === JSON.stringify(capability.Properties['RoleArn']),
) as [[string, { Properties: { AccessPolicies: { PolicyArn: object; AccessScope: object }[] } }]];

test('the stack applies what is its own, and leaves the charts of workloads to Argo CD', () => {
  const kinds = appliedManifests(template).flatMap(({ objects }) =>
    objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
  );
  expect(kinds).toEqual(
    expect.arrayContaining(['Namespace shop', 'ResourceQuota shop', 'ConfigMap aws-logging']),
  );
  expect(kinds.filter((kind) => kind.startsWith('Deployment'))).toEqual([]);
});

test('the pods of the charts are planned, and judged, as if the stack applied them', () => {
  const { plan } = stackFromGit().cluster;
  expect(plan.check().pods.map(({ object }) => object)).toEqual([
    'Deployment kube-system/coredns',
    'Deployment shop/web',
    'Deployment carts/web',
  ]);
  const stack = stackFromGit({ gitOps }, chartOf('Chart', deployment('elsewhere', 'web')));
  expect(refusals(() => Template.fromStack(stack))).toContainEqual(
    expect.stringMatching(/^\[Blocks\/shop\/Chart\] Deployment elsewhere\/web: matches no Fargate profile/),
  );
});

test('Argo CD knows the people of Identity Center, and the group that administers it', () => {
  expect(capability.Properties).toMatchObject({
    Type: 'ARGOCD',
    CapabilityName: 'argocd',
    DeletePropagationPolicy: 'RETAIN',
    Configuration: {
      ArgoCd: {
        Namespace: 'argocd',
        AwsIdc: { IdcInstanceArn: argoCd.identityCenterArn, IdcRegion: argoCd.identityCenterRegion },
        RbacRoleMappings: [{ Role: 'ADMIN', Identities: [{ Id: argoCd.adminGroupId, Type: 'SSO_GROUP' }] }],
      },
    },
  });
  expect(template.findOutputs('ArgoCdUrl')).toMatchObject({
    ArgoCdUrl: { Value: { 'Fn::GetAtt': [capabilityId, 'Configuration.ArgoCd.ServerUrl'] } },
  });
});

test('without a way to the internet its user interface is reached through an endpoint, and is not public', () => {
  expect(JSON.stringify(capability.Properties)).not.toContain('NetworkAccess');
  const closed = Template.fromStack(clusterStack({ gitOps, argoCd, natGateways: 0 }));
  const [[endpoint]] = Object.entries(
    closed.findResources('AWS::EC2::VPCEndpoint', { Properties: { PrivateDnsEnabled: false } }),
  ) as [[string, { Properties: { ServiceName: unknown } }]];
  expect(closed.toJSON().Resources[endpoint].Properties.ServiceName).toEqual({
    'Fn::Join': ['', ['com.amazonaws.', { Ref: 'AWS::Region' }, '.eks-capabilities']],
  });
  closed.hasResourceProperties('AWS::EKS::Capability', {
    Configuration: { ArgoCd: { NetworkAccess: { VpceIds: [{ Ref: endpoint }] } } },
  });
});

test('its role may nothing in AWS, and in the cluster it may read, and change the namespaces of workloads', () => {
  const roles = Object.values(template.findResources('AWS::IAM::Role')).filter(
    ({ Properties }) => Properties.Description === 'Argo CD of the EKS cluster Blocks',
  );
  expect(roles.map(({ Properties }) => Properties)).toEqual([
    {
      Description: expect.any(String),
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['sts:AssumeRole', 'sts:TagSession'],
            Principal: { Service: 'capabilities.eks.amazonaws.com' },
          },
        ],
      },
    },
  ]);
  const policies = entry.Properties.AccessPolicies.map(({ PolicyArn, AccessScope }) => [
    /\w+Policy(?=")/u.exec(JSON.stringify(PolicyArn))![0],
    AccessScope,
  ]);
  expect(policies).toEqual([
    ['AmazonEKSArgoCDClusterPolicy', { Type: 'cluster' }],
    ['AmazonEKSArgoCDPolicy', { Type: 'namespace', Namespaces: ['argocd'] }],
    ['AmazonEKSAdminViewPolicy', { Type: 'cluster' }],
    ['AmazonEKSEditPolicy', { Type: 'namespace', Namespaces: ['shop', 'carts'] }],
  ]);
  expect(capability.DependsOn).toContain(entryId);
});

test('with gitOps alone there is no capability: Argo CD runs elsewhere', () => {
  Template.fromStack(stackFromGit()).resourceCountIs('AWS::EKS::Capability', 0);
});

test('a chart that names a resource of the stack is refused: git cannot know it', () => {
  const stack = clusterStack({ gitOps });
  const bucket = new s3.Bucket(stack, 'Bucket');
  new FargateWorkload(stack, 'Shop', {
    cluster: stack.cluster,
    namespace: 'shop',
    profile: { name: 'shop-profile', selectors: [{ namespace: 'shop' }] },
    charts: [
      chartOf('Settings', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'web', namespace: 'shop' },
        data: { region: 'eu-west-1', bucket: bucket.bucketName },
      }),
    ],
  });
  expect(refusals(() => Template.fromStack(stack))).toEqual([
    '[Blocks/Shop/Settings] ConfigMap shop/web: data.bucket is known at deploy time only, and git cannot hold it (setting gitOps). Set a name for the resource that it refers to, and write that name.',
  ]);
  // Preflight and npm run manifests read it there.
  expect(stack.cluster.plan.check().findings).toMatchObject([
    { rule: 'unknown-in-git', severity: 'error', object: 'ConfigMap shop/web' },
  ]);
});

test('kinds that Argo CD may not write are refused', () => {
  const role = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'reader', namespace: 'shop' },
  };
  const stack = stackFromGit({ gitOps, argoCd }, chartOf('Chart', role));
  expect(refusals(() => Template.fromStack(stack))).toContain(
    '[Blocks/ArgoCd] Role shop/reader: Argo CD may not write this kind (AmazonEKSEditPolicy). Move it out of the charts of the workload, into a CheckedManifest, which the stack applies.',
  );
});

test('before there is a workload it may read only: EKS refuses an empty list of namespaces', () => {
  const policies = JSON.stringify(
    Template.fromStack(clusterStack({ gitOps, argoCd })).findResources('AWS::EKS::AccessEntry'),
  );
  expect(policies).toContain('AmazonEKSAdminViewPolicy');
  expect(policies).not.toContain('AmazonEKSEditPolicy');
});
