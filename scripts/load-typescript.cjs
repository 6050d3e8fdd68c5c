// Lets Node.js require TypeScript: `node --require ./scripts/load-typescript.cjs bin/app.ts`.
//
// General loaders (tsx, ts-node) look at every file of every package too, which takes a third of a synthesis.
// This one touches .ts files only, and keeps what esbuild makes of them (docs/performance.md).
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const nodeModule = require('node:module');
const path = require('node:path');
const { compile, compiler } = require('./compile-typescript.cjs');

const cacheDirectory = path.join(__dirname, '..', 'node_modules', '.cache', 'load-typescript');

// oxlint-disable-next-line no-underscore-dangle -- require.extensions, and how it compiles, have no other name.
nodeModule._extensions['.ts'] = (module, filename) => module._compile(javascript(filename), filename);

// Stack traces, and with them the places that CDK's reports name, point into the TypeScript. Node.js 20 cannot
// leave the packages out, and reads their source maps as well.
if (nodeModule.setSourceMapsSupport) nodeModule.setSourceMapsSupport(true, { nodeModules: false });
else process.setSourceMapsEnabled(true);

// Keeps what V8 makes of the JavaScript, from Node.js 22 on.
nodeModule.enableCompileCache?.(path.join(cacheDirectory, 'v8'));

/** What esbuild makes of a file. Kept under a hash of all that it depends on, so it is never out of date. */
function javascript(filename) {
  const source = readFileSync(filename, 'utf8');
  const key = createHash('sha256')
    .update([compiler, path.basename(filename), source].join('\n'))
    .digest('hex');
  const cacheFile = path.join(cacheDirectory, `${key}.js`);
  try {
    return readFileSync(cacheFile, 'utf8');
  } catch {
    const code = compile(source, filename);
    keep(cacheFile, code);
    return code;
  }
}

function keep(cacheFile, code) {
  const unfinished = `${cacheFile}.${process.pid}`;
  try {
    mkdirSync(cacheDirectory, { recursive: true });
    writeFileSync(unfinished, code);
    // Another process may be reading it.
    renameSync(unfinished, cacheFile);
  } catch {
    // Installed where nothing can be written: compiled every time.
  }
}
