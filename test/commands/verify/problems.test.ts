import { awsProblem } from '../../../lib/commands/verify/aws-problem';
import { readDeployedStack } from '../../../lib/commands/verify/deployed-stack';
import { kubernetesProblem } from '../../../lib/commands/verify/kubernetes-problem';

const logIn = 'Log in (aws sso login, aws configure), or set AWS_PROFILE to a profile that has some.';

function failure(name: string, message: string, code?: string | number): Error {
  return Object.assign(new Error(message), { name, code });
}

test.each([
  [
    failure('CredentialsProviderError', 'The SSO session has expired.\nRun aws sso login.'),
    `no AWS credentials: The SSO session has expired. ${logIn}`,
  ],
  [
    failure('ExpiredToken', 'The security token included in the request is expired'),
    `AWS refuses the credentials: ExpiredToken: The security token included in the request is expired. ${logIn}`,
  ],
  [
    failure('UnrecognizedClientException', 'The security token included in the request is invalid.'),
    `AWS refuses the credentials: UnrecognizedClientException: The security token included in the request is invalid. ${logIn}`,
  ],
  [
    failure('AccessDeniedException', 'User x is not authorized'),
    'not allowed to call eks:DescribeCluster: User x is not authorized. Allow eks:DescribeCluster, or use credentials that have it.',
  ],
  [
    failure('Error', 'getaddrinfo ENOTFOUND eks.us-west-9.amazonaws.com', 'ENOTFOUND'),
    'no answer from AWS in region us-west-9 to eks:DescribeCluster (ENOTFOUND). Is that the name of a region? Set AWS_REGION to the region of the stack, and check the network.',
  ],
  [
    failure('TimeoutError', 'Socket timed out'),
    'no answer from AWS in region us-west-9 to eks:DescribeCluster (timed out). Check the network, a proxy, and AWS_ENDPOINT_URL if it is set.',
  ],
  [
    failure('ServerException', 'An internal error'),
    'eks:DescribeCluster failed: ServerException: An internal error. Look again later.',
  ],
])('AWS: %s', (error, message) => {
  expect(awsProblem(error, 'eks:DescribeCluster', 'us-west-9').message).toBe(message);
});

const server = {
  url: 'https://ABC.gr7.us-west-2.eks.amazonaws.com',
  publicCidrs: [],
  updateKubeconfigCommand: 'aws eks update-kubeconfig --name CheckoutStack',
};

test.each([
  [
    failure('ApiException', 'HTTP-Code: 401\nMessage: Unknown API Status Code!', 401),
    `the API server ${server.url} does not accept you (401 Unauthorized). Use the administrator of the cluster: aws eks update-kubeconfig --name CheckoutStack.`,
  ],
  [
    failure('ApiException', 'HTTP-Code: 403', 403),
    `you may not list pods in namespace checkout on ${server.url} (403 Forbidden). Use the administrator of the cluster: aws eks update-kubeconfig --name CheckoutStack.`,
  ],
  [
    failure('AbortError', 'The user aborted a request.'),
    `no route to the API server ${server.url} (timed out). It is private: run this inside the VPC, or open it to your address (write "apiAccessCidrs": "YOUR.IP/32" into the context of cdk.json, then npx cdk deploy).`,
  ],
  [
    failure('Error', 'spawn aws ENOENT', 'ENOENT'),
    'the kubeconfig gets its credentials from a command that is not there: spawn aws ENOENT. Install the AWS CLI, and run the command again.',
  ],
  [
    failure('ApiException', 'HTTP-Code: 503', 503),
    `could not list pods in namespace checkout on ${server.url}: HTTP 503. Look again later.`,
  ],
  [
    failure('FetchError', 'request failed, reason: self-signed certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT'),
    `could not list pods in namespace checkout on ${server.url}: request failed, reason: self-signed certificate. Check with: kubectl cluster-info.`,
  ],
])('Kubernetes: %s', (error, message) => {
  expect(kubernetesProblem(error, 'list pods in namespace checkout', server).message).toBe(message);
});

test('a stack that did not deploy to the end has no outputs', () => {
  const stack = { id: 'arn:aws:cloudformation:us-west-2:1:stack/CheckoutStack/1', name: 'CheckoutStack' };
  expect(() => readDeployedStack({ ...stack, status: 'ROLLBACK_COMPLETE', outputs: {} })).toThrow(
    'stack CheckoutStack has no output ClusterName: its status is ROLLBACK_COMPLETE. Deploy it to the end: npx cdk deploy.',
  );
});
