import { anything, evaluate, readDeployedStacks } from '../../../lib/commands/verify/deployed-stacks';

/** Two stacks that each have a resource with the logical ID `Role`. */
const aws = async <T>(operation: string, { 'stack-name': name = '' }: Readonly<Record<string, string>>) => {
  const stack = {
    StackName: name,
    StackId: `arn:aws-cn:cloudformation:cn-north-1:111122223333:stack/${name}/1`,
    StackStatus: 'CREATE_COMPLETE',
    Outputs: name === 'Second' ? [{ OutputKey: 'Variant', OutputValue: 'small' }] : undefined,
  };
  const StackResourceSummaries = [
    { LogicalResourceId: 'Role', PhysicalResourceId: `${name}-role`, ResourceType: 'AWS::IAM::Role' },
    {
      LogicalResourceId: `${name}Logs`,
      PhysicalResourceId: `/aws/${name}`,
      ResourceType: 'AWS::Logs::LogGroup',
    },
    { LogicalResourceId: `${name}Failed`, ResourceType: 'AWS::IAM::Role' },
  ];
  return (operation.endsWith('describe-stacks') ? { Stacks: [stack] } : { StackResourceSummaries }) as T;
};
const deployed = readDeployedStacks(aws, ['First', 'Second']);

test('stacks say where they are, and one of them which variant it is', async () => {
  expect(await deployed).toMatchObject({
    partition: 'aws-cn',
    region: 'cn-north-1',
    account: '111122223333',
    variant: 'small',
  });
});

test('a resource is found by its stack and its logical ID', async () => {
  const { resource } = await deployed;
  const roleOf = (stackName: string) => resource({ stackName, logicalId: 'Role' })?.PhysicalResourceId;
  expect([roleOf('First'), roleOf('Second'), roleOf('Third')]).toEqual([
    'First-role',
    'Second-role',
    undefined,
  ]);
});

test.each<[unknown, unknown]>([
  ['text', 'text'],
  [{ Ref: 'AWS::Partition' }, 'aws-cn'],
  [{ Ref: 'AWS::Region' }, 'cn-north-1'],
  [{ Ref: 'AWS::AccountId' }, '111122223333'],
  [{ Ref: 'FirstLogs' }, '/aws/First'],
  [{ Ref: 'SecondLogs' }, anything],
  [{ Ref: 'FirstFailed' }, anything],
  [{ Ref: 'Nothing' }, anything],
  [{ 'Fn::GetAtt': ['FirstLogs', 'Arn'] }, 'arn:aws-cn:logs:cn-north-1:111122223333:log-group:/aws/First:*'],
  [{ 'Fn::GetAtt': ['FirstLogs', 'Other'] }, anything],
  [{ 'Fn::GetAtt': ['Role', 'Arn'] }, anything],
  [{ 'Fn::ImportValue': 'x' }, anything],
  [{ 'Fn::Join': ['-', ['a', { Ref: 'FirstLogs' }]] }, 'a-/aws/First'],
  [{ 'Fn::Select': [1, { 'Fn::Split': ['aws/', { Ref: 'FirstLogs' }] }] }, 'First'],
  [{ 'Fn::Select': [1, { 'Fn::Split': ['aws/', { Ref: 'Nothing' }] }] }, anything],
  [
    { Ref: 'Role', Other: [{ Ref: 'AWS::Region' }, null] },
    { Ref: 'Role', Other: ['cn-north-1', null] },
  ],
])('%j gives %j', async (value, given) => {
  expect(evaluate(value, 'First', await deployed)).toEqual(given);
});

test('a reference is to a resource of its own stack', async () => {
  const known = await deployed;
  expect(['First', 'Second'].map((name) => evaluate({ Ref: 'Role' }, name, known))).toEqual([
    'First-role',
    'Second-role',
  ]);
});
