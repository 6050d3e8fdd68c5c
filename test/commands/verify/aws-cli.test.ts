import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { awsCli, awsProblem, find, list } from '../../../lib/commands/verify/aws-cli';

/** An AWS CLI that answers with its arguments, and with the variables that the command sets. */
function standIn(): Readonly<Record<string, string>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'aws-'));
  const program = path.join(folder, 'aws');
  writeFileSync(
    program,
    `#!${process.execPath}
const { AWS_MAX_ATTEMPTS, AWS_PAGER, AWS_CLI_AUTO_PROMPT, AWS_PROFILE } = process.env;
console.log(JSON.stringify({ args: process.argv.slice(2), AWS_MAX_ATTEMPTS, AWS_PAGER, AWS_CLI_AUTO_PROMPT, AWS_PROFILE }));
`,
  );
  chmodSync(program, 0o755);
  return { PATH: folder, AWS_PROFILE: 'shop' };
}

/** Of a command that nobody interrupts. */
const calm = new AbortController().signal;

const patient = ['--cli-connect-timeout=3', '--cli-read-timeout=10', '--output=json'];

test('it gives up after seconds, asks nothing back, and keeps the environment', async () => {
  expect(
    await awsCli({ env: standIn(), signal: calm }, undefined)('iam get-role', { 'role-name': 'a b' }),
  ).toEqual({
    args: ['iam', 'get-role', '--role-name=a b', ...patient],
    AWS_MAX_ATTEMPTS: '2',
    AWS_PAGER: '',
    AWS_CLI_AUTO_PROMPT: 'off',
    AWS_PROFILE: 'shop',
  });
});

test('a region is named, if there is one', async () => {
  expect(await awsCli({ env: standIn(), signal: calm }, 'us-west-2')('eks list-clusters', {})).toMatchObject({
    args: ['eks', 'list-clusters', ...patient, '--region=us-west-2'],
  });
});

test('it has to be installed', async () => {
  await expect(
    awsCli({ env: { PATH: '' }, signal: calm }, undefined)('eks list-clusters', {}),
  ).rejects.toThrow('there is no aws on the PATH. Install it: https://docs.aws.amazon.com/cli/');
});

describe('what is not there', () => {
  const failing = (code: string, message: string) => async (): Promise<never> => {
    throw awsProblem(`An error occurred (${code}) when calling the X operation: ${message}`);
  };

  test.each([
    ['NoSuchEntity', 'The role with name x cannot be found.'],
    ['ResourceNotFoundException', 'No cluster found for name: x.'],
    ['ValidationError', 'Stack with id x does not exist'],
  ])('is undefined: %s', async (code, message) => {
    expect(await find(failing(code, message), 'X', 'a b', {})).toBeUndefined();
  });

  test('is told from what may not be asked, or is wrong', async () => {
    await expect(find(failing('AccessDenied', 'no'), 'X', 'a b', {})).rejects.toThrow('not allowed');
    await expect(find(failing('ValidationError', 'bad'), 'X', 'a b', {})).rejects.toThrow('ValidationError');
  });

  test('is an empty list', async () => {
    expect(await list(async <T>() => ({}) as T, 'Things', 'a b', {})).toEqual([]);
  });
});
