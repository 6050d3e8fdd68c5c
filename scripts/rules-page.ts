import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { exitStatus, type Command } from '../lib/commands/command';
import { runProcess } from '../lib/commands/run-command';
import { renderRulesPage } from './rules-page/render';

const rules: Command<Record<string, never>> = {
  name: 'rules',
  summary: 'Writes docs/rules.md from the list of rules in lib/fargate/rules/index.ts.',
  options: {},
  statuses: { 0: 'written', 2: 'wrong usage' },
  run: (_input, { stdout }) => {
    writeFileSync(path.join(__dirname, '..', 'docs', 'rules.md'), renderRulesPage());
    stdout.write('docs/rules.md: written\n');
    return exitStatus.held;
  },
};

runProcess(rules);
