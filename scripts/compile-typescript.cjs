// The one compiler of this repository: esbuild, file by file. It strips types and turns import into require;
// type errors are found by `npm run types`. Used by the commands (load-typescript.cjs) and by Jest
// (jest-transform.cjs).
const path = require('node:path');

const options = {
  loader: 'ts',
  format: 'cjs',
  target: 'node20',
  sourcemap: 'inline',
  sourcesContent: false,
};

/** Names the compiler: what was compiled under another name is out of date. */
const compiler = `esbuild ${require('esbuild/package.json').version} ${JSON.stringify(options)}`;

/** The JavaScript of a TypeScript file, with a source map. */
function compile(source, filename) {
  // Relative to the file, so that the same file in another place compiles to the same.
  return require('esbuild').transformSync(source, { ...options, sourcefile: path.basename(filename) }).code;
}

module.exports = { compiler, compile };
