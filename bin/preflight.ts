import { preflight } from '../lib/commands/preflight/command';
import { runProcess } from '../lib/commands/run-command';

runProcess(preflight);
