import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runInProcess } from './support/run-in-process';

test('without a cluster it says how to get one', async () => {
  expect(await runInProcess([])).toMatchObject({
    status: 2,
    stderr:
      'no cluster to rehearse on: name a throw-away one (kind create cluster, then --context kind-kind), or set KUBEBUILDER_ASSETS to a folder with etcd, kube-apiserver and kube-controller-manager (docs/rehearse.md)\n',
  });
});

test('programs that are missing are named, with how to get them', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'programs-'));
  writeFileSync(path.join(folder, 'etcd'), '');
  chmodSync(path.join(folder, 'etcd'), 0o755);
  expect(await runInProcess([], { KUBEBUILDER_ASSETS: folder })).toMatchObject({
    status: 2,
    stderr: `KUBEBUILDER_ASSETS=${folder} has no kube-apiserver, no kube-controller-manager: .ci/control-plane ${folder} downloads what is missing (docs/rehearse.md)\n`,
  });
});

test.each([
  ['that ends at once', '#!/bin/sh\necho "no room" >&2\nexit 3\n', 'no room'],
  ['that is no program', '\0', expect.any(String)],
])('of a program %s the last words are told', async (_which, content, words) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'programs-'));
  for (const name of ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kubectl']) {
    writeFileSync(path.join(folder, name), content);
    chmodSync(path.join(folder, name), 0o755);
  }
  const { status, stderr } = await runInProcess([], { KUBEBUILDER_ASSETS: folder });
  expect(status).toBe(2);
  const [, told] =
    /^\S+\/etcd ended before it was ready: (.*)\. Run the program by hand to see why\.\n$/.exec(stderr)!;
  expect(told).toEqual(words);
});

test('a step that does not exist is refused before anything starts', async () => {
  expect(await runInProcess(['--variant', 'imaginary'])).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(/^unknown variant "imaginary": /),
  });
});
