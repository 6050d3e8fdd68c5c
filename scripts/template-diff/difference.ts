import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { spreadManifests } from './spread-manifests';

const cdk = require.resolve('aws-cdk/bin/cdk');

/**
 * What `cdk diff` prints of two templates, offline; empty where they are the same.
 *
 * @param before undefined for a stack that is new.
 * @param after undefined for a stack that is gone.
 */
export function difference(
  before: CloudFormationStackArtifact | undefined,
  after: CloudFormationStackArtifact | undefined,
): string {
  const [old, current] = [templateOf(before), templateOf(after)];
  if (old === current) {
    return '';
  }
  const work = mkdtempSync(path.join(tmpdir(), 'template-diff-'));
  try {
    const write = (name: string, text: string) => {
      const file = path.join(work, name);
      writeFileSync(file, text);
      return file;
    };
    const stack = (after ?? before)!;
    // An assembly of that one stack without its assets, which weigh 70 MB: a template names them by their hashes.
    write('after.json', current);
    write(
      'manifest.json',
      JSON.stringify({
        version: stack.assembly.version,
        artifacts: {
          Stack: {
            type: 'aws:cloudformation:stack',
            environment: 'aws://unknown-account/unknown-region',
            properties: { templateFile: 'after.json' },
            // The paths of the constructs, which name the resources in the difference.
            metadata: stack.metadata,
          },
        },
      }),
    );
    const compared = ['--app', work, '--template', write('before.json', old)];
    return withoutFrame(
      execFileSync(process.execPath, [cdk, 'diff', ...compared, '--no-color', '--no-notices'], {
        encoding: 'utf8',
        env: { ...process.env, CI: 'true' },
        stdio: ['ignore', 'pipe', 'inherit'],
      }),
    );
  } finally {
    rmSync(work, { recursive: true });
  }
}

function templateOf(stack: CloudFormationStackArtifact | undefined): string {
  return stack === undefined
    ? JSON.stringify({ Resources: {} })
    : spreadManifests(readFileSync(stack.templateFullPath, 'utf8'));
}

/** The changes alone: no heading, no count at the end, nothing where there is no difference. */
function withoutFrame(text: string): string {
  return text
    .split('\n')
    .filter(
      (line) => !/^(Stack \S+|There were no differences|✨ .*|Omitted \d+ changes.*)$/u.test(line.trim()),
    )
    .join('\n')
    .trim();
}
