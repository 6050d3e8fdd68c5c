import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseConfig } from './settings';
import { UserError } from '../user-error';

type Context = Readonly<Record<string, unknown>>;

/**
 * The context that the CDK CLI would hand to the app: that of cdk.json and the look-ups kept in
 * cdk.context.json. For commands that run without the CLI.
 *
 * @param directory where the two files are.
 * @throws UserError naming the file, if one is not JSON.
 */
export function readCdkContext(directory: string): Context {
  return { ...readLookups(directory), ...readSettings(directory) };
}

/**
 * The same, for commands that are about its settings.
 *
 * @throws UserError naming the file, if one is not JSON or has wrong settings.
 */
export function readCheckedCdkContext(directory: string): Context {
  const settings = readSettings(directory);
  const lookups = readLookups(directory);
  const mistakes = [...wrongSettings('cdk.json', settings), ...wrongSettings('cdk.context.json', lookups)];
  if (mistakes.length > 0) {
    throw new UserError(mistakes);
  }
  return { ...lookups, ...settings };
}

function readSettings(directory: string): Context {
  const { context = {} } = readObject(directory, 'cdk.json', '{ "app": …, "context": { … } }');
  if (!isObject(context)) {
    throw new UserError([wrongShape('cdk.json: "context" is', context, '"context": { "natGateways": 1 }')]);
  }
  return context;
}

function readLookups(directory: string): Context {
  const name = 'cdk.context.json';
  return existsSync(path.join(directory, name)) ? readObject(directory, name, '{}, or remove the file') : {};
}

function readObject(directory: string, name: string, example: string): Context {
  const text = readFileSync(path.join(directory, name), 'utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UserError([notJson(name, text, (error as SyntaxError).message)]);
  }
  if (!isObject(value)) {
    throw new UserError([wrongShape(`${name}: holds`, value, example)]);
  }
  return value;
}

function isObject(value: unknown): value is Context {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrongShape(subject: string, value: unknown, example: string): string {
  const received = value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
  return `${subject} ${received}, and the CDK takes an object: write ${example}`;
}

/** Node.js tells either an offset or the text around the mistake, which may run over several lines. */
function notJson(name: string, text: string, message: string): string {
  const { reason = message, offset } =
    /^(?<reason>.*) in JSON at position (?<offset>\d+)/u.exec(message)?.groups ?? {};
  const before = text.slice(0, Number(offset ?? 0)).split('\n');
  const place = offset === undefined ? name : `${name}:${before.length}:${before.at(-1)!.length + 1}`;
  return `${place}: is not valid JSON: ${reason.replaceAll(/\s+/gu, ' ')}`;
}

/** Says which file has the wrong setting: messages of settings tell only what `cdk deploy` would take. */
function wrongSettings(name: string, context: Context): readonly string[] {
  // A default that a fork broke in lib/config/settings.ts is no mistake of the file.
  const ofDefaults = mistakesIn({});
  return mistakesIn(context)
    .filter((mistake) => !ofDefaults.includes(mistake))
    .map((mistake) => `${name}: ${mistake}`);
}

function mistakesIn(context: Context): readonly string[] {
  try {
    parseConfig(context);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) {
      throw error;
    }
    return error.message.split('\n');
  }
}
