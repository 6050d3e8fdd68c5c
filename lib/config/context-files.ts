import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../user-error';
import type { Context } from './settings';

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

function readSettings(directory: string): Context {
  const { context = {} } = readObject(directory, 'cdk.json', '{ "app": …, "context": { … } }');
  if (!isObject(context)) {
    throw new UserError([wrongShape('cdk.json: "context" is', context, '"context": {}')]);
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

/** Account and region. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/**
 * Where a VPC was looked up, by what cdk.context.json keeps: with it, a synthesis needs no credentials.
 *
 * @returns undefined unless the VPC was looked up in exactly one place.
 */
export function cachedVpcLookup(
  context: Readonly<Record<string, unknown>>,
  vpcId: string,
): Place | undefined {
  const found = vpcLookups(context, vpcId).map(
    (key) => /:account=(?<account>\d+):.*:region=(?<region>[\w-]+)/.exec(key)?.groups,
  );
  const [only, ...others] = found;
  return only && others.length === 0 ? { account: only.account!, region: only.region! } : undefined;
}

/** The keys under which cdk.context.json keeps what was looked up of a VPC. */
export function vpcLookups(context: Readonly<Record<string, unknown>>, vpcId: string): readonly string[] {
  return Object.keys(context).filter(
    (key) => key.startsWith('vpc-provider:') && key.includes(`:filter.vpc-id=${vpcId}:`),
  );
}
