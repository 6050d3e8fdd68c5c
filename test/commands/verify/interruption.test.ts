import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { variantNames } from '../../../lib/config/environments';
import { runInOwnProcess } from '../../support/own-process';
import { KubectlStandIn } from './support/kubectl-stand-in';

const server = 'https://ABC.gr7.us-west-2.eks.amazonaws.com';

/**
 * An AWS CLI that describes stacks and their cluster, up to the operation at which it does not answer in time. It runs in a process
 * of its own, and leaves a file there.
 */
const awsCli = (silentAt: string) => `
const [, operation, ...options] = process.argv.slice(2);
const name = options.find((one) => one.startsWith('--stack-name='))?.slice('--stack-name='.length);
if (operation === '${silentAt}') {
  require('node:fs').writeFileSync(__dirname + '/asked', '');
  setTimeout(() => {}, 30_000);
} else {
  console.log(JSON.stringify({
    'describe-stacks': { Stacks: [{ StackName: name, StackId: 'arn:aws:cloudformation:us-west-2:1:stack/x/1', StackStatus: 'x',
      Outputs: [{ OutputKey: 'Variant', OutputValue: process.env.VARIANT }] }] },
    'list-stack-resources': {},
    'describe-cluster': { cluster: { status: 'ACTIVE', version: '1.36', endpoint: '${server}' } },
  }[operation]));
}`;

let kubectl: KubectlStandIn;
afterEach(() => kubectl.remove());

const interrupts = {
  'Ctrl-C': (pid: number) => process.kill(-pid, 'SIGINT'),
  SIGTERM: (pid: number) => process.kill(pid, 'SIGTERM'),
};

test.each<[keyof typeof interrupts, string, string, string]>([
  // Ctrl-C reaches the AWS CLI too, and not kubectl, which has a group of its own; SIGTERM reaches the command alone.
  ['SIGTERM', 'AWS', 'describe-stacks', 'asked'],
  ['Ctrl-C', 'the cluster', '', 'silent'],
])('%s while %s is asked ends the command, and what it started', async (how, _what, silentAt, sign) => {
  kubectl = new KubectlStandIn({
    config: {
      contexts: [{ name: 'a', context: { cluster: 'a' } }],
      clusters: [{ name: 'a', cluster: { server } }],
    },
    answers: { '*': { status: 0, body: '' } },
  });
  kubectl.addProgram('aws', awsCli(silentAt));
  const { status, stderr, left } = await runInOwnProcess({
    file: 'verify.ts',
    // A VPC of its own: that of a fork may be one that nobody looked up.
    args: ['-c', 'vpcId='],
    env: {
      VARIANT: variantNames[0] ?? '',
      PATH: `${kubectl.folder}:${process.env['PATH']}`,
      KUBEBUILDER_ASSETS: kubectl.folder,
    },
    interruptWhen: () => existsSync(path.join(kubectl.folder, sign)),
    interrupt: interrupts[how],
  });
  expect({ status, stderr, left }).toEqual({ status: 130, stderr: 'interrupted\n', left: [] });
  const { stdout: processes } = spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
  expect(processes.split('\n').filter((line) => line.includes(kubectl.folder))).toEqual([]);
});
