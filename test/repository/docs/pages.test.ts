import { existsSync } from 'node:fs';
import path from 'node:path';
import { fargateProfiles, parseConfig, stackName } from '../../../lib/config/settings';
import { rules } from '../../../lib/fargate/rules/index';
import { filesOf, pages, read, root } from '../../support/pages';

/** Pages whose every word in backticks must be accounted for. */
const checkedWordByWord = [
  'docs/changing-a-profile.md',
  'docs/existing-vpc.md',
  'docs/fargate-patching.md',
  'docs/private-operation.md',
  'docs/reading-logs.md',
  'docs/teardown.md',
  'docs/upgrading-kubernetes.md',
];

/** Everything the pages may speak of: code, configuration, and what was synthesized and rendered. */
const sources = [
  ...['bin', 'charts', 'lib'].flatMap((folder) => filesOf(folder, '.ts')),
  ...filesOf('test', '.snap'),
  'package.json',
  'cdk.json',
]
  .map(read)
  .join('\n');

/** Names of Kubernetes, AWS and the CDK CLI, which nothing here can confirm, and values made up for an example. */
const foreign = new Set([
  'Isolated',
  'Private',
  'cdk.context.json',
  'cdk.json',
  'use1-az3',
  'usw1-az2',
  'cac1-az3',
  'LoggingEnabled',
  'LOGGING_CONFIGMAP_NOT_FOUND',
  'PendingDeletion',
  'DELETING',
  'available',
  'public.ecr.aws',
  'kube-apiserver',
  'kube-apiserver-audit',
  'authenticator',
  'kube-controller-manager',
  'kube-scheduler',
  'kubectl',
  'kubernetes.io/role/elb',
  '1',
  '--strict',
  '"apiAccessCidrs": "YOUR.IP/32"',
  "Annotations.of(this.cluster).acknowledgeWarning('eks-fargate:profile-selector-twice', 'moving pods')",
  'checkout-profile-2',
  'minAvailable: 1',
  'maxUnavailable: 0',
  'maxSurge: 1',
  'maxUnavailable: 1',
  'EKS Fargate Pod Scheduled Termination',
  'prod-REGION-starport-layer-bucket',
  'cloudformation-custom-resource-response-*',
  'fargate-kube.var.log.containers.POD_NAMESPACE_CONTAINER-ID.log',
]);

const matches = (page: string, pattern: RegExp) =>
  [...read(page).matchAll(pattern)].map((match) => match[1]!);
const codeSpans = (page: string) =>
  [
    ...read(page)
      .replaceAll(/^```[\s\S]*?^```$/gm, '')
      .matchAll(/`([^`\n]+)`/g),
  ].map((match) => match[1]!);
const isKnown = (word: string) =>
  new RegExp(`(?<![\\w-])${word.replaceAll(/[.*+?^$()[\]{}|\\/]/g, String.raw`\$&`)}(?![\\w-])`).test(
    sources,
  );

describe.each(pages)('%s', (page) => {
  test('its links lead somewhere', () => {
    const dead = matches(page, /\]\((?!https?:|#)([^)#\s]+)/g).filter(
      (link) => !existsSync(path.join(root, path.dirname(page), link)),
    );
    expect(dead).toEqual([]);
  });

  test('the files it names exist', () => {
    const files = codeSpans(page).filter((span) =>
      /^(\.ci|\.github|bin|charts|docs|examples|lib|scripts|test)\/[\w./-]+$/.test(span),
    );
    expect(files.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  });

  test('the settings it gives are accepted', () => {
    for (const setting of matches(page, /-c ((?!name=value)\w+=\S*?)(?=[`\s,;)]|$)/gm)) {
      const [name, value] = setting.split('=') as [string, string];
      // What a shell or a reader fills in is not judged.
      const known = /[$]|^[A-Z_]+$/.test(value) ? '' : value;
      expect(() => parseConfig(known === '' ? { [name]: undefined } : { [name]: known })).not.toThrow();
    }
  });

  test('the commands it runs are there', () => {
    const { scripts } = JSON.parse(read('package.json'));
    expect(Object.keys(scripts)).toEqual(
      expect.arrayContaining(matches(page, /npm run (?:--silent )?([a-z][\w:-]*)/g)),
    );
    const missing = matches(page, /npx (?:--\S+ )*([a-z][\w-]*)/g).filter(
      (bin) => !existsSync(path.join(root, 'node_modules/.bin', bin)),
    );
    expect(missing).toEqual([]);
  });

  test('the stack, profiles, outputs and objects in its commands are those of the code', () => {
    expect(matches(page, /--(?:cluster-|stack-)name (\S+)/g).filter((name) => name !== stackName)).toEqual(
      [],
    );
    expect(Object.values(fargateProfiles).map(({ name }) => name)).toEqual(
      expect.arrayContaining(matches(page, /--fargate-profile-name (\S+?)(?=[`\s])/g)),
    );
    for (const output of matches(page, /outputs? `(\w+)`/gi)) {
      expect(read('lib/stack/checkout-stack.ts')).toMatch(new RegExp(`this\\.output\\(\\s*'${output}'`));
    }
    const namespaces = ['checkout', 'kube-system', 'aws-observability'];
    expect(namespaces).toEqual(expect.arrayContaining(matches(page, /--namespace ([a-z][\w-]*)/g)));
    expect(matches(page, /deployment\/([\w-]+)/g).filter((name) => !isKnown(name))).toEqual([]);
  });
});

test.each(checkedWordByWord)('%s speaks of nothing that is not there', (page) => {
  const words = codeSpans(page)
    // Commands are checked above; the rest of these are addresses of AWS.
    .filter((span) => !/^(aws|kubectl|npx|npm|curl) /.test(span) && !span.startsWith('com.amazonaws.'))
    .filter((span) => !/^[\w.-]+\/[\w./-]+\.\w+$/.test(span));
  expect(words.filter((word) => !foreign.has(word) && !isKnown(word))).toEqual([]);
});

test('every rule that a page names is a rule', () => {
  const ids = new Set<string>(rules.map(({ id }) => id));
  const named = pages.flatMap((page) =>
    matches(page, /\brules? ((?:`[\w-]+`(?:, | and )?)+)/g).flatMap((list) => list.split(/, | and /)),
  );
  expect(named.length).toBeGreaterThan(3);
  expect(named.map((id) => id.replaceAll('`', '')).filter((id) => !ids.has(id))).toEqual([]);
});
