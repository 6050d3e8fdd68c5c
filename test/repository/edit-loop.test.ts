import path from 'node:path';
import { read } from '../support/pages';

test('npm run synth:watch sees a change of everything that the app is made of', () => {
  const { roots }: { readonly roots: readonly string[] } = JSON.parse(read('jest.config.json'));
  const code = roots
    .map((root) => path.posix.basename(root))
    .filter((folder) => !['scripts', 'test'].includes(folder));
  expect(JSON.parse(read('cdk.json')).watch.include).toEqual(code);
});
