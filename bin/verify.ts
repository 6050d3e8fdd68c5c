import { runProcess } from '../lib/commands/run-command';
import { verify } from '../lib/commands/verify/command';

runProcess(verify);
