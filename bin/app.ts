import { synthesize } from '../lib/stack/synthesize';

process.exitCode = synthesize();
