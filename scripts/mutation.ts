import path from 'node:path';
import { exitStatus, type Command } from '../lib/commands/command';
import { runProcess } from '../lib/commands/run-command';
import { UserError } from '../lib/user-error';
import { goals, groupByRoom } from './mutation/rooms';
import { runStryker } from './mutation/stryker';

const root = path.join(__dirname, '..');

const mutation: Command = {
  name: 'mutation',
  summary:
    'Changes the code in small ways, one at a time, and says which changes no test of the same room notices. Runs Stryker, which npx downloads. A room lasts minutes to an hour: name the files that you changed.',
  positionals: '[FILE...]',
  options: {},
  notes: `Files are below lib. Without one it runs on ${Object.keys(goals).join(', ')}. Constants of modules, such as tables and texts, are left as they are: each would need all tests in a process of its own. docs/testing.md has the goals.`,
  statuses: {
    0: 'every room reaches its goal',
    1: 'one does not, or Stryker failed: what it printed says which',
    2: 'wrong usage',
  },
  run: ({ positionals }) => {
    const { rooms, unknown } = groupByRoom(root, positionals.length === 0 ? Object.keys(goals) : positionals);
    if (unknown.length > 0) {
      throw new UserError(
        unknown.map(
          (file) => `${file} is no file or folder in a room of lib with tests: write one such as lib/config`,
        ),
      );
    }
    const reached = [...rooms].map(([room, files]) => runStryker(root, room, files));
    return reached.every(Boolean) ? exitStatus.held : exitStatus.failed;
  },
};

runProcess(mutation);
