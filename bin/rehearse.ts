import { rehearse } from '../lib/commands/rehearse/command';
import { runProcess } from '../lib/commands/run-command';

runProcess(rehearse);
