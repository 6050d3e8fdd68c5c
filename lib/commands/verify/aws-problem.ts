import { CouldNotLook, errorFields, firstLine, networkFailure } from './could-not-look';

/** Error codes with which AWS services turn credentials down. They differ from protocol to protocol. */
const refusedCredentials = new Set([
  'AuthFailure',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'RequestExpired',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);
const accessDenied = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation']);
const logIn = 'Log in (aws sso login, aws configure), or set AWS_PROFILE to a profile that has some';

/**
 * Words an error of the AWS SDK.
 *
 * @param action the IAM action that was called, e.g. `eks:DescribeCluster`
 * @param region the region it was called in, if known
 */
export function awsProblem(error: unknown, action: string, region: string | undefined): CouldNotLook {
  if (error instanceof CouldNotLook) {
    return error;
  }
  const { name, message } = errorFields(error);
  const told = firstLine(message);
  if (/Region (is missing|not accepted)/.test(told)) {
    return new CouldNotLook(`no usable AWS region: ${told}`, 'Set AWS_REGION to the region of the stack');
  }
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') {
    return new CouldNotLook(`no AWS credentials: ${told}`, logIn);
  }
  if (refusedCredentials.has(name)) {
    return new CouldNotLook(`AWS refuses the credentials: ${name}: ${told}`, logIn, name);
  }
  if (accessDenied.has(name)) {
    return new CouldNotLook(
      `not allowed to call ${action}: ${told}`,
      `Allow ${action}, or use credentials that have it`,
      name,
    );
  }
  const failure = networkFailure(error);
  if (failure !== null) {
    const where = region === undefined ? 'AWS' : `AWS in region ${region}`;
    return new CouldNotLook(
      `no answer from ${where} to ${action} (${failure.why})`,
      failure.kind === 'name'
        ? 'Is that the name of a region? Set AWS_REGION to the region of the stack, and check the network'
        : 'Check the network, a proxy, and AWS_ENDPOINT_URL if it is set',
    );
  }
  return new CouldNotLook(`${action} failed: ${name}: ${told}`, 'Look again later', name);
}
