import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { manifestFile } from '../lib/commands/manifests/manifest-files';
import { takeNoArguments } from '../lib/commands/no-arguments';
import { planVariants } from '../lib/stack/plan-variants';
import { UserError } from '../lib/user-error';

const help = `Writes every variant of the workload as plain YAML under dist/, for kubectl or GitOps.

  npm run manifests

Settings are read from the context in cdk.json, and otherwise are those of lib/config/settings.ts.
Objects that name resources of the stack, such as its log group, are left out and listed.
Exit status: 0 written, 1 wrong settings in cdk.json, 2 wrong usage.`;

function writeManifests(directory: string): void {
  mkdirSync(directory, { recursive: true });
  for (const { name, yaml, count, leftOut } of planVariants().variants.map(manifestFile)) {
    writeFileSync(path.join(directory, name), yaml);
    console.log(`dist/${name}: ${count} objects; left out: ${leftOut.join(', ')}`);
  }
}

takeNoArguments('manifests', help, '; settings are read from the context in cdk.json');
try {
  writeManifests(path.join(__dirname, '..', 'dist'));
} catch (error) {
  if (!(error instanceof UserError)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
}
