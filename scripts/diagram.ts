import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exitStatus, type Command } from '../lib/commands/command';
import { runProcess } from '../lib/commands/run-command';
import { contextOf, settingsOptions } from '../lib/commands/settings-options';
import type { Context } from '../lib/config/settings';
import { createApp } from '../lib/stack/create-app';
import type { Template } from './architecture-diagram';
import { replaceSection } from './marked-section';
import { pictures } from './pictures';

const readme = path.join(__dirname, '..', 'README.md');

const diagram: Command<typeof settingsOptions> = {
  name: 'diagram',
  summary: 'Draws the pictures of README.md from the first stack of an environment.',
  options: settingsOptions,
  statuses: { 0: 'drawn', 2: 'wrong usage or settings' },
  run: ({ values }, { stdout }) => {
    const section = pictures(synthesize(contextOf(values)));
    writeFileSync(readme, replaceSection(readFileSync(readme, 'utf8'), 'architecture', section));
    stdout.write('README.md: pictures drawn\n');
    return exitStatus.held;
  },
};

function synthesize(context: Context): Template {
  const outdir = mkdtempSync(path.join(tmpdir(), 'diagram-'));
  try {
    const { app } = createApp({
      outdir,
      context: { ...context, 'aws:cdk:disable-asset-staging': true },
      builtinCloudFormationValidation: false,
    });
    return app.synth().stacks[0]!.template;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

runProcess(diagram);
