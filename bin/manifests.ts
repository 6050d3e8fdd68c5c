import { manifests } from '../lib/commands/manifests/command';
import { runProcess } from '../lib/commands/run-command';

runProcess(manifests);
