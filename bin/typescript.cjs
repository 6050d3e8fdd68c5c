// Runs a file of TypeScript: node bin/typescript.cjs FILE ARGUMENTS. In place of jiti's own command, which loads everything as ES
// modules: as CommonJS, which these files are, they start in a fifth less time (docs/performance.md).
const nodeModule = require('node:module');
const path = require('node:path');
const { createJiti } = require('jiti');

// On Node.js 22 and newer.
nodeModule.enableCompileCache?.();
const file = path.resolve(process.argv[2]);
// As if Node.js had been called with the file.
process.argv.splice(1, 2, file);
try {
  createJiti(path.dirname(__dirname))(file);
} catch (error) {
  // Node.js would print the whole of jiti above it, which is one line.
  console.error(error);
  process.exitCode = 1;
}
