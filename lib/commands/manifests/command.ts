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
    'With the setting gitOps these are the charts of workloads, without what the stack applies itself (docs/gitops.md). Objects that name resources of a stack, such as its log group, are left out and listed.',
  statuses: { 0: 'written', 2: 'wrong usage or settings' },
  run: ({ values }, { stdout }) => {
    const { environment, variants } = planOf(values);
    // Loads cdk8s, which neither help nor a wrong command line needs.
    const { manifestFile } = require('./manifest-file') as typeof ManifestFile;
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
