import { readArguments as readCommandLine } from '../../../lib/commands/arguments';
import { preflight } from '../../../lib/commands/preflight/command';
import { readOptions } from '../../../lib/commands/preflight/options';

const readArguments = (argv: readonly string[]) => readOptions(readCommandLine(preflight, argv)!.values);

test('defaults: the variants of this repository as a table, with the prices of us-west-2', () => {
  expect(readArguments([])).toEqual({
    files: [],
    profiles: undefined,
    namespace: 'default',
    region: 'us-west-2',
    format: 'table',
  });
});

test('all options', () => {
  const { files, namespace, region, format } = readArguments(
    '-f a.yaml --file - --namespace shop --region eu-west-1 --format json'.split(' '),
  );
  expect({ files, namespace, region, format }).toEqual({
    files: ['a.yaml', '-'],
    namespace: 'shop',
    region: 'eu-west-1',
    format: 'json',
  });
});

test('profiles: name, namespace, labels; one name several times makes several selectors', () => {
  const argv = ['all:*', 'checkout:shop:fargate=yes,app.kubernetes.io/name=ch*', 'all:kube-system'];
  const profiles = argv.flatMap((text) => ['--profile', text]);
  expect(readArguments(['-f', 'a.yaml', ...profiles]).profiles).toEqual([
    { name: 'all', selectors: [{ namespace: '*' }, { namespace: 'kube-system' }] },
    {
      name: 'checkout',
      selectors: [{ namespace: 'shop', labels: { fargate: 'yes', 'app.kubernetes.io/name': 'ch*' } }],
    },
  ]);
});

test.each([
  ['--format xml', 'unknown --format "xml": choose table, json or markdown'],
  ['--namespace shop', '--namespace is about objects in files: give --file too'],
  ['--profile all:*', '--profile is about objects in files: give --file too'],
  ['-f - -f -', '--file -: standard input can be read once'],
  [
    '-f a.yaml --profile all',
    '--profile "all" is not NAME:NAMESPACE[:KEY=VALUE,...], such as checkout-profile:checkout:fargate=yes',
  ],
  [
    '-f a.yaml --profile a:b:c=d:e',
    '--profile "a:b:c=d:e" is not NAME:NAMESPACE[:KEY=VALUE,...], such as checkout-profile:checkout:fargate=yes',
  ],
  ['-f a.yaml --profile a:b:c', '--profile "a:b:c": label "c" is not KEY=VALUE, such as fargate=yes'],
  ['-f a.yaml --profile a:b:=d', '--profile "a:b:=d": label "=d" is not KEY=VALUE, such as fargate=yes'],
  [
    '-f a.yaml --profile eks-a:b',
    '--profile: FargateProfile eks-a: EKS reserves names that start with eks-. Choose another, such as a.',
  ],
])('%s', (argv, message) => {
  expect(() => readArguments(argv.split(' '))).toThrow(new Error(message));
});

test('all mistakes are told at once', () => {
  expect(() => readArguments(['--profile', 'all', '--namespace', 'shop'])).toThrow(
    new Error(
      [
        '--namespace is about objects in files: give --file too',
        '--profile is about objects in files: give --file too',
        '--profile "all" is not NAME:NAMESPACE[:KEY=VALUE,...], such as checkout-profile:checkout:fargate=yes',
      ].join('\n'),
    ),
  );
});
