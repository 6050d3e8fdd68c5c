import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { manifestFile } from '../lib/manifest-files';
import { planVariants } from '../lib/plan-variants';
import { UserError } from '../lib/user-error';

const help = `Writes every variant of the workload as plain YAML under dist/, for kubectl or GitOps.

  npm run manifests

Settings are read from the context in cdk.json, and otherwise are those of lib/config.ts.
Objects that name resources of the stack, such as its log group, are left out and listed.
Exit status: 0 written, 1 wrong settings in cdk.json, 2 wrong usage.`;

function main(): number {
  try {
    const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
    if (values.help) {
      console.log(help);
      return 0;
    }
  } catch {
    console.error(
      `unexpected argument "${process.argv.slice(2).join(' ')}": npm run manifests takes none but --help; settings are read from the context in cdk.json`,
    );
    return 2;
  }
  try {
    writeManifests(path.join(__dirname, '..', 'dist'));
    return 0;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(error.message);
    return 1;
  }
}

function writeManifests(directory: string): void {
  mkdirSync(directory, { recursive: true });
  for (const { name, yaml, count, leftOut } of planVariants().variants.map(manifestFile)) {
    writeFileSync(path.join(directory, name), yaml);
    console.log(`dist/${name}: ${count} objects; left out: ${leftOut.join(', ')}`);
  }
}

process.exitCode = main();
