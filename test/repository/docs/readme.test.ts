import { settingsTable } from '../../../scripts/settings-table';
import { read } from '../../support/pages';

const readme = read('README.md');

test('it lists every setting as the code has it, in the same order', () => {
  const rows = readme.match(/^\| `\w+` \|.*\|$/gm);
  expect(rows).toEqual(settingsTable().split('\n').slice(2));
});
