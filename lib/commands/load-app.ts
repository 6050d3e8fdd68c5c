import { existsSync } from 'node:fs';
import path from 'node:path';
import type { AppDefinition } from '../stack/plan-environment';
import { UserError } from '../user-error';
import { quote } from '../wording';

/**
 * Loads the definition of an app.
 *
 * @param file that exports `createApp`, `environments` and `variantNames`, as examples/second-workload/app.ts does.
 * @throws UserError if there is no such file, or it does not export them.
 */
export function loadApp(file: string): AppDefinition {
  const name = path.resolve(file);
  if (!existsSync(name)) {
    throw new UserError([
      `--app ${quote(file)}: there is no such file. Write one as examples/second-workload/app.ts`,
    ]);
  }
  // Not import(): under Jest it finds no TypeScript.
  const exported = require(name) as Partial<AppDefinition>;
  const missing = (['createApp', 'environments', 'variantNames'] as const).filter(
    (key) => exported[key] === undefined,
  );
  if (missing.length > 0) {
    throw new UserError([
      `--app ${quote(file)}: exports no ${missing.join(', no ')}. Write it as examples/second-workload/app.ts is written`,
    ]);
  }
  return exported as AppDefinition;
}
