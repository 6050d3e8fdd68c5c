import { testTemplate } from '../../support/test-stack';

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
