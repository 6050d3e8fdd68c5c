import { awsProblem } from '../../../lib/commands/verify/aws-cli';

const answer = (code: string) =>
  `\nAn error occurred (${code}) when calling the GetRole operation (reached max retries: 2): said by AWS\n`;

/** What the AWS CLI writes to standard error, and what is made of it. */
test.each([
  ...[
    'AuthFailure',
    'ExpiredTokenException',
    'IncompleteSignature',
    'InvalidClientTokenId',
    'InvalidSignatureException',
    'RequestExpired',
    'SignatureDoesNotMatch',
    'UnrecognizedClientException',
  ].map((code) => [answer(code), `AWS refuses the credentials: ${code}: said by AWS. Log in (aws sso login`]),
  [answer('AccessDenied'), 'not allowed to call GetRole: said by AWS. Use credentials that may.'],
  [answer('UnauthorizedOperation'), 'not allowed to call GetRole: said by AWS. Use credentials that may.'],
  [answer('Throttling'), 'GetRole failed: Throttling: said by AWS. Look again later.'],
  [
    'You must specify a region. You can also configure your region by running "aws configure".',
    'no usable AWS region: You must specify a region.',
  ],
  [
    'Could not connect to the endpoint URL: "https://eks.us-moon-1.amazonaws.com/"',
    'no answer from AWS: Could not connect',
  ],
  ['Connect timeout on endpoint URL: "https://eks.us-west-2.amazonaws.com/"', 'no answer from AWS: Connect'],
  [
    '\naws: [ERROR]: An error occurred (AccessDeniedException) when calling the DescribeCluster operation: no',
    'not allowed to call DescribeCluster: no. Use credentials that may.',
  ],
  [
    'Error when retrieving token from sso: Token has expired and refresh failed',
    'no AWS credentials: Error when retrieving token from sso',
  ],
  ['Unable to locate credentials. You can configure them.', 'no AWS credentials: Unable to locate'],
  ['The config profile (shop) could not be found', 'no AWS credentials: The config profile'],
  ['Segmentation fault', 'the AWS CLI failed: Segmentation fault. Check with: aws sts get-caller-identity.'],
])('%j', (stderr, told) => {
  expect(awsProblem(stderr).message.slice(0, told.length)).toBe(told);
});
