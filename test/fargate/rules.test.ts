import { profileRules } from '../../lib/fargate/check-profiles';
import { rules } from '../../lib/fargate/rules/index';
import { hostCases } from './support/host-cases';
import { loggingCases } from './support/logging-cases';
import { manifestCases } from './support/manifest-cases';
import { networkCases } from './support/network-cases';
import { operationsCases } from './support/operations-cases';
import { schedulingCases } from './support/scheduling-cases';
import { securityCases } from './support/security-cases';
import { sizingCases } from './support/sizing-cases';
import { volumeCases } from './support/volume-cases';

const cases = [
  ...manifestCases,
  ...schedulingCases,
  ...hostCases,
  ...securityCases,
  ...volumeCases,
  ...sizingCases,
  ...operationsCases,
  ...networkCases,
  ...loggingCases,
];

// People acknowledge warnings by these ids: one that changes breaks their builds.
test('the list of rules', () => {
  expect(rules.map(({ id, severity }) => `${severity} ${id}`)).toEqual([
    'error not-an-object',
    'error no-api-version',
    'error no-name',
    'error no-containers',
    'error negative-count',
    'error duplicate-object',
    'error removed-api',
    'error secret-in-template',
    'error manifest-size',
    'error no-profile',
    'warning unresolved-identity',
    'error daemon-set',
    'warning daemon-set-without-node',
    'warning unjudged-pods',
    'error node-selector',
    'error node-affinity',
    'error node-name',
    'error windows',
    'warning no-spreading',
    'error host-network',
    'error host-pid',
    'error host-ipc',
    'error host-port',
    'error privileged',
    'warning privilege-escalation',
    'error capabilities',
    'error kubelet-port',
    'error pod-security',
    'error volume-type',
    'warning volume-type-unverified',
    'error volume-device',
    'error volume-claim',
    'warning volume-claim-class',
    'error persistent-volume',
    'error bad-quantity',
    'warning unresolved-quantity',
    'error too-large',
    'error limit-above-request',
    'warning limit-differs',
    'error request-above-limit',
    'error extended-resource',
    'error ephemeral-storage',
    'warning sidecar-size',
    'warning pod-level-resources',
    'warning job-without-ttl',
    'warning several-budgets',
    'warning budget-blocks-eviction',
    'warning capacity-annotation',
    'error load-balancer-target',
    'warning node-port',
    'warning ingress-target',
    'warning network-policy',
    'warning pod-identity',
    'error logging-size',
    'error logging-sections',
    'warning logging-keys',
    'error logging-variables',
    'error logging-namespace',
    'error wrong-type',
  ]);
});

const described = [...rules, ...profileRules];

test('ids are unique, and every rule says why it exists and which page says so', () => {
  expect(new Set(described.map(({ id }) => id)).size).toBe(described.length);
  expect(described.filter(({ id }) => !/^[a-z]+(-[a-z]+)*$/u.test(id))).toEqual([]);
  expect(described.filter(({ why }) => !/^[A-Z].*[.)]$/u.test(why))).toEqual([]);
  expect(described.filter(({ source }) => !URL.canParse(source))).toEqual([]);
});

test('every rule has something that breaks it, and something that comes close', () => {
  const failing = new Set(cases.filter(({ says }) => says.length > 0).map(({ rule }) => rule));
  const passing = new Set(
    cases.filter(({ passes }) => Object.keys(passes).length > 0).map(({ rule }) => rule),
  );
  expect(rules.map(({ id }) => id).filter((id) => !failing.has(id) || !passing.has(id))).toEqual([]);
});

test('what is wrong is followed by what to write instead', () => {
  const remedy =
    /(Add|Remove|Write|Use|Set|Choose|Lower|Raise|Let|Leave|Split|Shorten|Keep|Install|Correct|Compare|Run|Try|Where|Make|: write) /u;
  expect(cases.flatMap(({ says }) => says).filter((message) => !remedy.test(message))).toEqual([]);
});
