import { execFileSync, spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { defaultKubernetesVersion } from '../../lib/config/kubernetes-releases';
import { read, root } from '../support/pages';

/** Stands in for curl: writes what a URL ends in. `$BROKEN` is the pattern of a file that is not what its checksum says. */
const curl = `#!/usr/bin/env bash
set -euo pipefail
program() { printf 'program %s' "$1"; }
for url in "$@"; do
  name=$(basename -- "$url")
  case "$url" in
    *.sha256) program "\${name%.sha256}" | sha256sum | cut -d ' ' -f 1 | tr -d '\\n' > "$name" ;;
    *.tar.gz) mkdir "\${name%.tar.gz}"; program etcd > "\${name%.tar.gz}/etcd"; chmod +x "\${name%.tar.gz}/etcd"
      tar --create --gzip --file "$name" --remove-files "\${name%.tar.gz}" ;;
    */SHA256SUMS) sha256sum -- *.tar.gz > "$name" ;;
    https://*) program "$name" > "$name" ;;
  esac
done
for file in *; do
  if [[ "$file" == \${BROKEN:-none} ]]; then echo tampered >> "$file"; fi
done
`;

/** Downloads into a folder. */
function download(broken = '') {
  const folder = mkdtempSync(path.join(tmpdir(), 'control-plane-'));
  const bin = path.join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(path.join(bin, 'curl'), curl);
  chmodSync(path.join(bin, 'curl'), 0o755);
  const target = path.join(folder, 'programs');
  const { status, stderr } = spawnSync(path.join(root, '.ci/control-plane'), [target], {
    encoding: 'utf8',
    env: { PATH: `${bin}${path.delimiter}${process.env['PATH']}`, BROKEN: broken },
  });
  return { status, stderr, target };
}

test('it downloads the default Kubernetes version', () => {
  expect(read('.ci/control-plane')).toMatch(
    new RegExp(`^kubernetes=v${defaultKubernetesVersion}\\.\\d+$`, 'm'),
  );
});

// There is no kube-apiserver for other systems.
(process.platform === 'linux' ? describe : describe.skip)('on Linux', () => {
  test('it leaves the programs, and nothing else', () => {
    const { status, target } = download();
    expect(status).toBe(0);
    const programs = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kubectl'];
    expect(readdirSync(target).toSorted()).toEqual(programs);
    programs.forEach((program) => accessSync(path.join(target, program), constants.X_OK));
    expect(execFileSync('cat', [path.join(target, 'etcd')], { encoding: 'utf8' })).toBe('program etcd');
  });

  test.each(['kube-apiserver', 'etcd-*.tar.gz'])('it fails if %s is not what was published', (broken) => {
    const { status, stderr } = download(broken);
    expect(status).toBe(1);
    expect(stderr).toContain('1 computed checksum did NOT match');
  });

  test('without a folder it says what to give', () => {
    const { status, stderr } = spawnSync(path.join(root, '.ci/control-plane'), [], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toContain('give the folder, for example: .ci/control-plane ~/kubernetes');
  });
});
