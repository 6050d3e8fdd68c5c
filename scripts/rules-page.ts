/** Writes docs/rules.md from the list of rules: `npm run rules`. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { renderRulesPage } from './rules-page/render';
import { takeNoArguments } from '../lib/commands/no-arguments';

takeNoArguments(
  'rules',
  'Writes docs/rules.md anew, from the list of rules in lib/fargate/rules/index.ts: npm run rules',
);
writeFileSync(path.join(__dirname, '..', 'docs', 'rules.md'), renderRulesPage());
console.log('docs/rules.md: written');
