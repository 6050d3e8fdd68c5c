import { goals, groupByRoom } from '../../../scripts/mutation/rooms';
import { root } from '../../support/pages';
import { runScript } from '../../support/run-script';

test('files are grouped by the room whose tests judge them', () => {
  const { rooms, unknown } = groupByRoom(root, [
    'lib/config/cidr.ts',
    './lib/commands/rehearse/cluster/',
    'lib/config/zones.ts',
  ]);
  expect(unknown).toEqual([]);
  expect([...rooms]).toEqual([
    ['lib/config', ['lib/config/cidr.ts', 'lib/config/zones.ts']],
    ['lib/commands/rehearse', ['lib/commands/rehearse/cluster/**/*.ts']],
  ]);
});

test('every room with a goal has tests', () => {
  expect(groupByRoom(root, Object.keys(goals)).unknown).toEqual([]);
});

test.each(['lib/config/gone.ts', 'lib/commands', 'lib/wording.ts', 'charts', 'library/config'])(
  '%s is one line, and nothing runs',
  async (file) => {
    expect(await runScript(['scripts/mutation.ts', 'lib/config/cidr.ts', file])).toEqual({
      status: 2,
      stdout: '',
      stderr: `${file} is no file or folder in a room of lib with tests: write one such as lib/config\n`,
    });
  },
);
