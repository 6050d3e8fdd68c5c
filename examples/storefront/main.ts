import { synthesize } from '../../lib/stack/synthesize';
import { createApp } from './app';

process.exitCode = synthesize(createApp);
