import { testStack, testTemplate } from '../../support/test-stack';

const httpsProxy = 'http://proxy.example.com:3128';
const settings = { httpsProxy, vpcCidr: '10.42.0.0/16' };

const { variables } = testStack(settings).cluster.proxy!;

test('programs get the proxy under each name that one of them reads', () => {
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy']) {
    expect(variables).toHaveProperty(name, httpsProxy);
  }
  expect(variables['no_proxy']).toBe(variables['NO_PROXY']);
});

/** Whether a host is reached past the proxy, as golang.org/x/net/http/httpproxy reads the list, but for addresses. */
const isDirect = (host: string) =>
  variables['NO_PROXY']!.split(',').some((entry) =>
    entry.startsWith('.') ? host.endsWith(entry) : host === entry || host.endsWith(`.${entry}`),
  );

test.each([
  'ABCDEF0123456789.gr7.us-west-2.eks.amazonaws.com',
  'eks.us-west-2.amazonaws.com',
  '111122223333.dkr.ecr.us-west-2.amazonaws.com',
  'orders.orders.svc',
  'kubernetes.default.svc.cluster.local',
  'localhost',
])('%s is reached past the proxy', (host) => {
  expect(isDirect(host)).toBe(true);
});

test.each(['aws.github.io', 'amazonaws.com.example.com', 'api.payments.example.com'])(
  '%s is reached through it',
  (host) => {
    expect(isDirect(host)).toBe(false);
  },
);

test('addresses in the VPC, and of Services in both ranges that EKS may choose, are reached past it', () => {
  const ranges = variables['NO_PROXY']!.split(',').filter((entry) => entry.includes('/'));
  expect(ranges.toSorted()).toEqual(['10.100.0.0/16', '10.42.0.0/16', '172.20.0.0/16']);
});

test('the kubectl handler knows the proxy, and may talk to it', () => {
  const template = testTemplate(settings);
  template.hasResourceProperties('AWS::Lambda::Function', {
    Description: 'onEvent handler for EKS kubectl resource provider',
    Environment: { Variables: variables },
  });
  const [handler] = Object.values(
    template.findResources('AWS::EC2::SecurityGroup', {
      Properties: { GroupDescription: 'kubectl handler of the EKS cluster' },
    }),
  );
  expect(
    handler!.Properties.SecurityGroupEgress.map(({ FromPort }: { FromPort: number }) => FromPort),
  ).toEqual([443, 3128]);
});

test('without the setting nobody knows of a proxy', () => {
  expect(testStack().cluster.proxy).toBeUndefined();
  expect(JSON.stringify(testTemplate().toJSON())).not.toContain('PROXY');
});
