/** Draws the pictures of the README, from the stack with the default settings: `npm run diagram`. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App } from 'aws-cdk-lib';
import { readCdkContext } from '../lib/config/context-files';
import { CheckoutStack } from '../lib/stack/checkout-stack';
import { parseConfig, stackName } from '../lib/config/settings';
import { takeNoArguments } from '../lib/commands/no-arguments';
import type { Template } from './architecture-diagram';
import { replaceSection } from './marked-section';
import { pictures } from './pictures';

const root = path.join(__dirname, '..');
const readme = path.join(root, 'README.md');

function synthesize(): Template {
  const outdir = mkdtempSync(path.join(tmpdir(), 'diagram-'));
  try {
    const app = new App({
      outdir,
      context: { ...readCdkContext(root), 'aws:cdk:disable-asset-staging': true },
      builtinCloudFormationValidation: false,
    });
    new CheckoutStack(app, stackName, { config: parseConfig({}) });
    return app.synth().getStackByName(stackName).template;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

takeNoArguments(
  'diagram',
  'Draws the pictures of README.md anew, from the stack with the default settings: npm run diagram',
);
const section = pictures(synthesize());
writeFileSync(readme, replaceSection(readFileSync(readme, 'utf8'), 'architecture', section));
console.log('README.md: pictures drawn');
