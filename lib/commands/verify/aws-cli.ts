import { CouldNotLook, firstLine } from '../could-not-look';
import { runProgram, type Surroundings } from '../program';

/**
 * Asks AWS, and gets the answer as the API has it; lists are complete.
 *
 * @param operation of the AWS CLI, for example `iam get-role`.
 * @param options of the operation, without `--`.
 * @throws CouldNotLook with the error code of the service, where one answered.
 */
export type Aws = <T>(operation: string, options: Readonly<Record<string, string>>) => Promise<T>;

const program = {
  name: 'aws',
  page: 'https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html',
};
/** Somebody waits for the answer: give up after seconds. Nothing may ask back, or open a pager. */
const patience = { 'cli-connect-timeout': '3', 'cli-read-timeout': '10', output: 'json' };
const manners = { AWS_MAX_ATTEMPTS: '2', AWS_PAGER: '', AWS_CLI_AUTO_PROMPT: 'off' };

/**
 * AWS through its CLI, with the credentials and endpoints that it finds (docs/decisions/aws-cli-and-kubectl.md).
 *
 * @param region undefined for the region that the CLI finds.
 */
export function awsCli({ env, signal }: Surroundings, region: string | undefined): Aws {
  return async <T>(operation: string, options: Readonly<Record<string, string>>) => {
    const all = { ...options, ...patience, ...(region !== undefined && { region }) };
    const args = [
      ...operation.split(' '),
      ...Object.entries(all).map(([name, value]) => `--${name}=${value}`),
    ];
    return JSON.parse(
      await runProgram(program, args, { env: { ...env, ...manners }, signal }, awsProblem),
    ) as T;
  };
}

/** Asks for a list, which the answer has under a key. */
export async function list<T>(aws: Aws, key: string, ...ask: Parameters<Aws>): Promise<readonly T[]> {
  return (await aws<Readonly<Record<string, readonly T[]>>>(...ask))[key] ?? [];
}

/** Asks for what the answer has under a key; undefined where the service says that there is no such thing. */
export async function find<T>(aws: Aws, key: string, ...ask: Parameters<Aws>): Promise<T | undefined> {
  try {
    return (await aws<Readonly<Record<string, T>>>(...ask))[key];
  } catch (error) {
    // CloudFormation has no code of its own for it.
    const isMissing = /failed: (NoSuchEntity|ResourceNotFoundException): |does not exist$/u;
    if (error instanceof CouldNotLook && isMissing.test(error.what)) {
      return undefined;
    }
    throw error;
  }
}

const refused =
  /^(AuthFailure|ExpiredToken|IncompleteSignature|InvalidClientTokenId|InvalidSignature|RequestExpired|SignatureDoesNotMatch|UnrecognizedClient)/u;
const denied = /^(AccessDenied|UnauthorizedOperation)/u;
const logIn = 'Log in (aws sso login, aws configure), or set AWS_PROFILE to a profile that has credentials';

/** What the CLI says without an answer from AWS. */
const words = [
  {
    message: /specify a region|Invalid endpoint|Provided region/u,
    what: 'no usable AWS region',
    remedy: 'Set AWS_REGION to the region of the stack',
  },
  {
    message: /endpoint URL|timeout/u,
    what: 'no answer from AWS',
    remedy:
      'Is that the region of the stack? Check AWS_REGION, the network, a proxy, and AWS_ENDPOINT_URL if it is set',
  },
  { message: /credentials|SSO|token|profile|expired/iu, what: 'no AWS credentials', remedy: logIn },
];

/** Says what a failure of the CLI means, and what to do. */
export function awsProblem(stderr: string): CouldNotLook {
  const told = firstLine(stderr);
  const answer =
    /\((?<code>[\w.]+)\) when calling the (?<operation>\w+) operation(?: \(reached max retries: \d+\))?: (?<message>.*)/u.exec(
      told,
    )?.groups;
  if (answer) {
    const { code = '', operation, message } = answer;
    if (refused.test(code)) {
      return new CouldNotLook(`AWS refuses the credentials: ${code}: ${message}`, logIn, code);
    }
    return denied.test(code)
      ? new CouldNotLook(`not allowed to call ${operation}: ${message}`, 'Use credentials that may', code)
      : new CouldNotLook(`${operation} failed: ${code}: ${message}`, 'Look again later', code);
  }
  const row = words.find(({ message }) => message.test(told));
  return new CouldNotLook(
    `${row?.what ?? 'the AWS CLI failed'}: ${told}`,
    row?.remedy ?? 'Check with: aws sts get-caller-identity',
  );
}
