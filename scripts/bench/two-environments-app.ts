import path from 'node:path';
import { environments } from '../../lib/config/environments';
import { createApp } from '../../lib/stack/create-app';

// Two environments in one process, as commands see them side by side.
for (const environment of Object.keys(environments).slice(0, 2)) {
  createApp({
    autoSynth: false,
    context: { environment },
    outdir: path.join(process.env['CDK_OUTDIR']!, environment),
  }).app.synth();
}
