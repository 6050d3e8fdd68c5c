/**
 * Compares what two assemblies deploy, as Markdown for a pull request: `npm run template-diff -- BASE HEAD`.
 *
 * Each of the two folders holds one assembly for each variant, as `cdk synth --output BASE/labelled` writes it.
 * The comparison is the CDK CLI's own, offline; manifests are spread out first, because a custom resource holds
 * them as one line of JSON.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkoutVariantNames } from '../charts/checkout/variants';
import { environments } from '../lib/config/environments';
import { commentOf, type Change } from './template-diff/comment';
import { spreadManifests } from './template-diff/spread-manifests';

const cdk = require.resolve('aws-cdk/bin/cdk');
const { stackName } = environments.lab;
const templateFile = `${stackName}.template.json`;

/** What `cdk diff` prints between two assemblies. */
function difference(base: string, head: string): string {
  const work = mkdtempSync(path.join(tmpdir(), 'template-diff-'));
  try {
    const [before, after] = [path.join(work, 'before.json'), path.join(work, 'after')];
    writeFileSync(before, spreadManifests(readFileSync(path.join(base, templateFile), 'utf8')));
    // Not the assets, which weigh 70 MB: a template names them by their hashes.
    cpSync(head, after, { recursive: true, filter: (file) => !path.basename(file).startsWith('asset.') });
    writeFileSync(
      path.join(after, templateFile),
      spreadManifests(readFileSync(path.join(head, templateFile), 'utf8')),
    );
    return execFileSync(
      process.execPath,
      [cdk, 'diff', stackName, '--app', after, '--template', before, '--no-color', '--no-notices'],
      { encoding: 'utf8', env: { ...process.env, CI: 'true' }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
  } finally {
    rmSync(work, { recursive: true });
  }
}

const help = `npm run --silent template-diff -- BASE HEAD

Prints as Markdown what HEAD deploys otherwise than BASE: two folders, each with an assembly for each variant, as
"cdk synth -c variant=labelled --output BASE/labelled" writes it.
Exit status: 0 compared, 2 wrong usage.`;

function main([base, head, ...rest]: readonly string[]): number {
  if (base === '--help' || base === '-h') {
    console.log(help);
    return 0;
  }
  if (base === undefined || head === undefined || rest.length > 0) {
    console.error('two folders are compared: npm run --silent template-diff -- BASE HEAD (--help says more)');
    return 2;
  }
  const missing = [base, head]
    .flatMap((folder) => checkoutVariantNames.map((variant) => path.join(folder, variant, templateFile)))
    .find((file) => !existsSync(file));
  if (missing !== undefined) {
    console.error(`${missing} is not there: synthesize each variant into its folder first (--help says how)`);
    return 2;
  }
  const changes = checkoutVariantNames.map((variant): Change => ({
    variant,
    text: difference(path.join(base, variant), path.join(head, variant)),
  }));
  console.log(commentOf(changes));
  return 0;
}

process.exitCode = main(process.argv.slice(2));
