import { runScript } from '../support/run-script';

test('arguments are refused in one line that names them, and says where the settings come from', async () => {
  expect(await runScript(['bin/manifests.ts', '-c', 'natGateways=1'])).toEqual({
    status: 2,
    stdout: '',
    stderr:
      'unexpected argument "-c natGateways=1": npm run manifests takes none but --help; settings are read from the context in cdk.json\n',
  });
}, 30_000);
