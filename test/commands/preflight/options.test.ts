import { readArguments as readCommandLine } from '../../../lib/commands/arguments';
import { preflight } from '../../../lib/commands/preflight/command';
import { readOptions } from '../../../lib/commands/preflight/options';

const readArguments = (argv: readonly string[]) => {
  const { values, positionals } = readCommandLine(preflight, argv)!;
  return readOptions(values, positionals);
};

test('defaults: the environment, as a table', () => {
  expect(readArguments([])).toEqual({
    files: [],
    recursive: false,
    profiles: undefined,
    namespace: 'default',
    format: 'table',
  });
});

test('all options; a wildcard of the shell leaves further files behind the first', () => {
  const { files, recursive, namespace, format } = readArguments(
    '-f a.yaml b.yaml --file - -R --namespace shop --format json'.split(' '),
  );
  expect({ files, recursive, namespace, format }).toEqual({
    files: ['a.yaml', '-', 'b.yaml'],
    recursive: true,
    namespace: 'shop',
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
  ['-R', '--recursive is about objects in files: give --file too'],
  ['a.yaml --explain node-port', '--explain checks nothing: give it without files'],
  ['a.yaml -e all', '--environment all compares environments: give it without files'],
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
