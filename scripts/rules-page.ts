/** Writes docs/rules.md from the list of rules: `npm run rules`. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { renderRulesPage } from '../lib/fargate/rules-page';

writeFileSync(path.join(__dirname, '..', 'docs', 'rules.md'), renderRulesPage());
