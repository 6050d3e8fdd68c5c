import { Annotations as CdkAnnotations } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { FargateWorkload } from '../../../lib/constructs/workload/fargate-workload';
import type { ClusterStack } from '../../../lib/stack/cluster-stack';
import { UserError } from '../../../lib/user-error';
import { clusterStack } from '../support/cluster-stack';
import { onASupportedDay, testStack, testTemplate } from '../../support/test-stack';

const admins = ['arn:aws:iam::111122223333:role/platform/Admin', 'arn:aws:iam::111122223333:user/alice'];

/** The principals of all access entries, and the policies that each has. */
function entries(template: Template): unknown[] {
  return Object.values(template.findResources('AWS::EKS::AccessEntry')).map(({ Properties }) => [
    Properties.PrincipalArn,
    JSON.stringify(Properties.AccessPolicies),
  ]);
}

beforeEach(onASupportedDay);
afterEach(() => jest.useRealTimers());

test('by default only the kubectl handler may use the cluster', () => {
  const template = testTemplate();
  const [handler] = Object.values(
    template.findResources('AWS::Lambda::Function', { Properties: { Timeout: 840 } }),
  );
  expect(entries(template)).toEqual([
    [handler!.Properties.Role, expect.stringContaining('AmazonEKSClusterAdminPolicy')],
  ]);
});

test('says so in one line, which can be acknowledged, and which is no warning', () => {
  const stack = testStack();
  const said = Annotations.fromStack(stack);
  expect(said.findInfo('*', Match.anyValue())).toMatchObject([
    {
      id: '/TestStack/Cluster/Access',
      entry: {
        data: expect.stringMatching(
          /^nobody administers the cluster yet, .*Write clusterAdminArns: .* into lib\/config\/environments\.ts\. \[ack: eks-fargate:no-admin\]$/,
        ),
      },
    },
  ]);
  expect(said.findWarning('*', Match.anyValue())).toEqual([]);

  const knowing = testStack();
  CdkAnnotations.of(knowing).acknowledgeInfo('eks-fargate:no-admin', 'entries are made by another stack');
  expect(Annotations.fromStack(knowing).findInfo('*', Match.anyValue())).toEqual([]);
});

test('each role and user that is named administers the whole cluster', () => {
  const stack = testStack({ clusterAdminArns: admins.join(',') });
  expect(entries(Template.fromStack(stack)).slice(-2)).toEqual(
    admins.map((arn) => [arn, expect.stringMatching(/"Type":"cluster".*AmazonEKSClusterAdminPolicy/)]),
  );
  expect(Annotations.fromStack(stack).findInfo('*', Match.anyValue())).toEqual([]);
});

const workload = (stack: ClusterStack, namespace: string, teamArns: readonly string[]) =>
  new FargateWorkload(stack, namespace, {
    cluster: stack.cluster,
    namespace,
    profile: { name: `${namespace}-profile`, selectors: [{ namespace }] },
    teamArns,
    charts: [],
  });

test('a team works in the namespaces of its workloads only, and each member has one entry', () => {
  const [developer, tester] = [1, 2].map((number) => `arn:aws:iam::111122223333:role/Team${number}`);
  const stack = clusterStack({ clusterAdminArns: admins[0] });
  workload(stack, 'shop', [developer!, tester!]);
  workload(stack, 'carts', [developer!]);
  const editsIn = (...namespaces: readonly string[]) => [
    {
      PolicyArn: {
        'Fn::Join': ['', expect.arrayContaining([expect.stringMatching(/AmazonEKSEditPolicy$/)])],
      },
      AccessScope: { Type: 'namespace', Namespaces: namespaces },
    },
  ];
  const found = Object.values(Template.fromStack(stack).findResources('AWS::EKS::AccessEntry'))
    .map(({ Properties }) => [Properties.PrincipalArn, Properties.AccessPolicies])
    .slice(-2);
  expect(found).toEqual([
    [developer, editsIn('shop', 'carts')],
    [tester, editsIn('shop')],
  ]);
});

test('an administrator in a team is refused: EKS has one entry for each', () => {
  const stack = clusterStack({ clusterAdminArns: admins.join(',') });
  expect(() => workload(stack, 'shop', [admins[1]!])).toThrow(
    new UserError([
      '"arn:aws:iam::111122223333:user/alice" is in clusterAdminArns, and in the team of the namespace shop: EKS has one access entry for each, and as an administrator it may do all of this already. Remove it from one of the two',
    ]),
  );
});

test.each([
  [
    'the session of a role',
    () => ['arn:aws:sts::111122223333:assumed-role/Shop/alice'],
    'namespace shop: teamArns "arn:aws:sts::111122223333:assumed-role/Shop/alice" is a session of a role: name the role itself, with its path if it has one, as arn:aws:iam::111122223333:role/Shop (aws iam get-role --role-name Shop --query Role.Arn)',
  ],
  [
    'one that is named twice',
    () => [admins[1]!, admins[1]!],
    'namespace shop: teamArns names "arn:aws:iam::111122223333:user/alice" twice: name it once',
  ],
  [
    'a role of the stack',
    (stack: ClusterStack) => [
      new Role(stack, 'Role', { assumedBy: new AccountPrincipal('111122223333') }).roleArn,
    ],
    'namespace shop: teamArns has an ARN that is known at deploy time only, such as that of a role of a stack, and an access entry is called after its ARN. Write the ARN itself, as arn:aws:iam::111122223333:role/Shop',
  ],
])('in a team %s is refused', (_what, teamArns, message) => {
  const stack = clusterStack();
  expect(() => workload(stack, 'shop', teamArns(stack))).toThrow(new UserError([message]));
});

test('an entry stays with its ARN, wherever that stands in the list: EKS allows one for each', () => {
  const idOf = (clusterAdminArns: readonly string[], arn: string) =>
    Object.keys(
      testTemplate({ clusterAdminArns: clusterAdminArns.join(',') }).findResources('AWS::EKS::AccessEntry', {
        Properties: { PrincipalArn: arn },
      }),
    );
  expect(idOf(admins, admins[1]!)).toEqual(idOf(admins.toReversed(), admins[1]!));
  expect(idOf(admins, admins[0]!)).toEqual(idOf(admins.slice(0, 1), admins[0]!));
});
