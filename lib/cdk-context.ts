import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The context that the CDK CLI would hand to the app: that of cdk.json and the look-ups kept in
 * cdk.context.json. For commands that read the configuration without the CLI.
 *
 * @param directory where the two files are.
 */
export function readCdkContext(directory: string): Record<string, unknown> {
  const lookups = path.join(directory, 'cdk.context.json');
  return {
    ...readJson(path.join(directory, 'cdk.json')).context,
    ...(existsSync(lookups) ? readJson(lookups) : {}),
  };
}

function readJson(file: string): Record<string, Record<string, unknown>> {
  return JSON.parse(readFileSync(file, 'utf8'));
}
