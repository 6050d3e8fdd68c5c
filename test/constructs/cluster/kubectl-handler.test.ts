import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { testStack, testTemplate } from '../../support/test-stack';

test('the kubectl handler talks HTTPS, and nobody talks to it', () => {
  const template = testTemplate();
  const [handler, controlPlane] = Object.entries(template.findResources('AWS::EC2::SecurityGroup'));
  expect(handler![1].Properties).toMatchObject({
    SecurityGroupEgress: [{ CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }],
  });
  expect(handler![1].Properties).not.toHaveProperty('SecurityGroupIngress');
  const rules = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress'));
  expect(rules.map(({ Properties }) => Properties)).toEqual([
    {
      Description: 'kubectl handler',
      GroupId: { 'Fn::GetAtt': [controlPlane![0], 'GroupId'] },
      SourceSecurityGroupId: { 'Fn::GetAtt': [handler![0], 'GroupId'] },
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
    },
  ]);
});

/** Seconds that a function may run. */
const timeoutOf = (description: RegExp) =>
  Object.values(testTemplate().findResources('AWS::Lambda::Function'))
    .filter(({ Properties }) => description.test(Properties.Description))
    .map(({ Properties }) => Properties.Timeout as number);

test('the handler ends before the function that calls it, which ends before CloudFormation stops waiting', () => {
  const [handler] = timeoutOf(/^onEvent handler for EKS kubectl/);
  const [framework] = timeoutOf(/framework - onEvent/);
  expect(framework).toBe(900);
  expect(handler).toBeLessThan(framework!);

  const applied = Object.values(testTemplate().findResources('Custom::AWSCDK-EKS-KubernetesResource'));
  expect(applied.length).toBeGreaterThan(2);
  for (const { Properties } of applied) {
    expect(Number(Properties.ServiceTimeout)).toBeGreaterThan(framework!);
    expect(Number(Properties.ServiceTimeout)).toBeLessThan(1000);
  }
});

test('so it is with whatever CDK applies with kubectl or helm, in another stack too', () => {
  jest.spyOn(console, 'error').mockImplementation();
  const { node, cluster } = testStack();
  const other = new Stack(node.root, 'Other');
  new eks.HelmChart(other, 'Chart', { cluster: cluster.cluster, chart: 'shop' });
  new eks.KubernetesPatch(other, 'Patch', {
    cluster: cluster.cluster,
    resourceName: 'deployment/web',
    applyPatch: {},
    restorePatch: {},
  });
  const custom = Object.values<{ Type: string; Properties: Record<string, unknown> }>(
    Template.fromStack(other).toJSON().Resources,
  ).filter(({ Type }) => Type.startsWith('Custom::'));
  expect(custom.map(({ Properties }) => Properties['ServiceTimeout'])).toEqual(['960', '960']);
});

test('its functions log to one group, and may not create another', () => {
  const template = testTemplate();
  const [logGroup] = Object.keys(
    template.findResources('AWS::Logs::LogGroup', {
      Properties: { LogGroupName: '/aws/eks/TestStack/kubectl' },
    }),
  );
  const inVpc = Object.values(template.findResources('AWS::Lambda::Function')).filter(
    ({ Properties }) => Properties.VpcConfig !== undefined,
  );
  expect(inVpc).toHaveLength(2);
  for (const { Properties } of inVpc) {
    const role = template.toJSON().Resources[Properties.Role['Fn::GetAtt'][0]].Properties;
    expect(role).not.toHaveProperty('ManagedPolicyArns');
    expect(role.Policies[0].PolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: { 'Fn::GetAtt': [logGroup, 'Arn'] },
      },
    ]);
    expect(Properties.LoggingConfig.LogGroup).toEqual({ Ref: logGroup });
  }
});

test('no condition of a permission that it does not have is left in the template', () => {
  expect(testTemplate().toJSON()).not.toHaveProperty('Conditions.ClusterKubectlHandlerHasEcrPublic');
  expect(JSON.stringify(testTemplate().toJSON().Conditions ?? {})).not.toContain('AWS::Partition');
});

describe('of a registry', () => {
  /** What the role of the handler may do in ECR. */
  const ecrStatements = (settings: Readonly<Record<string, unknown>>) =>
    Object.values(testTemplate(settings).findResources('AWS::IAM::Role'))
      .flatMap(({ Properties }) => Properties.Policies ?? [])
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .filter(({ Action }) => JSON.stringify(Action).includes('ecr:'));

  test('it may read the charts, where they are, and nothing else', () => {
    expect(ecrStatements({ registry: '444455556666.dkr.ecr.eu-west-1.amazonaws.com' })).toEqual([
      { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
      {
        Effect: 'Allow',
        Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        Resource: {
          'Fn::Join': [
            '',
            ['arn:', { Ref: 'AWS::Partition' }, ':ecr:eu-west-1:444455556666:repository/charts/*'],
          ],
        },
      },
    ]);
  });

  test('that is not set, it may read nothing', () => {
    expect(ecrStatements({})).toEqual([]);
  });
});
