import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { exitStatus, type Command } from '../command';
import { planOf, settingsOptions } from '../settings-options';
import type * as ManifestFile from './manifest-file';

/** `npm run manifests`. */
export const manifests: Command<typeof settingsOptions> = {
  name: 'manifests',
  summary:
    'Writes what an environment applies to its clusters as plain YAML, a file for each variant under dist/ENVIRONMENT/, for kubectl or GitOps.',
  options: settingsOptions,
  notes:
    'Objects that name resources of a stack, such as its log group, are left out and listed. With the setting gitOps (docs/gitops.md) the files have the charts of workloads, without what the stack applies itself, and are not written where one of these objects would be left out: Argo CD deletes what is missing.',
  statuses: {
    0: 'written',
    1: 'an object for Argo CD has values that git cannot hold',
    2: 'wrong usage or settings',
  },
  run: ({ values }, { stdout, stderr }) => {
    const { environment, variants } = planOf(values);
    // Loads cdk8s, which neither help nor a wrong command line needs.
    const { manifestFile, missingInGit } = require('./manifest-file') as typeof ManifestFile;
    const missing = missingInGit(variants);
    if (missing.length > 0) {
      stderr.write(`${missing.join('\n')}\nNothing was written: Argo CD would delete what is missing.\n`);
      return exitStatus.failed;
    }
    const folder = path.join('dist', environment.name);
    mkdirSync(folder, { recursive: true });
    for (const variant of variants) {
      const { yaml, count, leftOut } = manifestFile(variant);
      const file = path.join(folder, `${variant.variant ?? 'manifests'}.yaml`);
      writeFileSync(file, yaml);
      const rest = leftOut.length === 0 ? '' : `; left out: ${leftOut.join(', ')}`;
      stdout.write(`${file}: ${count} objects${rest}\n`);
    }
    return exitStatus.held;
  },
};
