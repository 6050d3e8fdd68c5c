import { NamespaceChart } from '../../charts/namespace-chart';
import { render } from '../support/render';

/** The labels of a namespace, some of them given. */
function labelsOf(labels?: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [namespace] = render(
    (app) => new NamespaceChart(app, 'namespace', { name: 'shop', podSecurityVersion: '1.35', labels }),
  );
  return namespace!.metadata.labels;
}

const restricted = Object.fromEntries(
  ['enforce', 'audit', 'warn'].flatMap((mode) => [
    [`pod-security.kubernetes.io/${mode}`, 'restricted'],
    [`pod-security.kubernetes.io/${mode}-version`, 'v1.35'],
  ]),
);

test('Pod Security "restricted" is enforced, audited and warned of, at the version of the cluster', () => {
  expect(labelsOf()).toEqual(restricted);
});

test('labels of a fork are added, and none of them loosens Pod Security', () => {
  expect(labelsOf({ team: 'shop', 'pod-security.kubernetes.io/enforce': 'privileged' })).toEqual({
    ...restricted,
    team: 'shop',
  });
});
