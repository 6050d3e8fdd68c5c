import { readFileSync } from 'node:fs';
import path from 'node:path';
import { rulesPage } from '../../../scripts/accept/rules-page';

// The name is what a person reads who changed a rule.
test('docs/rules.md is up to date: npm run accept writes it', () => {
  const page = readFileSync(path.join(__dirname, '..', '..', '..', 'docs', 'rules.md'), 'utf8');
  expect(page).toBe(rulesPage());
});

test('a rule is described by severity, reason and source', () => {
  expect(rulesPage()).toContain(
    [
      '### host-pid',
      '',
      '**error**. A pod cannot see the processes of its Fargate host.',
      '',
      'Source: <https://docs.aws.amazon.com/eks/latest/userguide/fargate.html>',
      '',
    ].join('\n'),
  );
});
