import { readFileSync } from 'node:fs';
import path from 'node:path';
import { rules, rulesToExplain } from '../../lib/fargate/rules/index';
import { autoscalingCases } from './support/autoscaling-cases';
import { imageCases } from './support/image-cases';
import { hostCases } from './support/host-cases';
import { loggingCases } from './support/logging-cases';
import { check } from './support/manifests';
import { manifestCases } from './support/manifest-cases';
import { networkCases } from './support/network-cases';
import { securityGroupCases } from './support/security-group-cases';
import { operationsCases } from './support/operations-cases';
import { quotaCases } from './support/quota-cases';
import { schedulingCases } from './support/scheduling-cases';
import { podSecurityCases } from './support/pod-security-cases';
import { sizingCases } from './support/sizing-cases';
import { volumeCases } from './support/volume-cases';

const cases = [
  ...manifestCases,
  ...schedulingCases,
  ...hostCases,
  ...podSecurityCases,
  ...volumeCases,
  ...sizingCases,
  ...operationsCases,
  ...autoscalingCases,
  ...quotaCases,
  ...networkCases,
  ...securityGroupCases,
  ...imageCases,
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
    'error unknown-in-git',
    'error no-profile',
    'warning unresolved-identity',
    'error daemon-set',
    'warning daemon-set-without-node',
    'warning unjudged-pods',
    'error compute-type',
    'error node-selector',
    'error node-affinity',
    'error node-name',
    'warning scheduler-name',
    'error resource-claim',
    'error windows',
    'warning no-spreading',
    'error host-network',
    'error host-pid',
    'error host-ipc',
    'error host-port',
    'error privileged',
    'warning privilege-escalation',
    'error capabilities',
    'error sysctl',
    'warning runtime-class',
    'warning localhost-profile',
    'error kubelet-port',
    'warning kubelet-port-unlisted',
    'error pod-security',
    'error volume-type',
    'warning volume-type-unverified',
    'error volume-device',
    'error persistent-volume',
    'error volume-claim',
    'warning volume-claim-class',
    'error bad-quantity',
    'warning unresolved-quantity',
    'error too-large',
    'error cpu-limit-above-size',
    'warning limit-differs',
    'error request-above-limit',
    'error extended-resource',
    'error ephemeral-storage',
    'warning sidecar-size',
    'warning pod-level-resources',
    'warning job-without-ttl',
    'warning capacity-annotation',
    'warning several-budgets',
    'warning budget-blocks-eviction',
    'warning autoscaler-metrics',
    'warning autoscaler-target',
    'warning autoscaler-request',
    'warning autoscaler-replicas',
    'error quota-request',
    'error quota-too-small',
    'error quota-update',
    'warning quota-maximum',
    'error quota-amount',
    'error quota-services',
    'error load-balancer-target',
    'warning load-balancer-target-unset',
    'warning ingress-controller',
    'warning node-port',
    'warning network-policy',
    'warning pod-identity',
    'warning security-group-count',
    'warning security-group-of-cluster',
    'error public-image',
    'error logging-size',
    'error logging-sections',
    'error logging-entries',
    'error logging-indentation',
    'warning logging-keys',
    'error logging-variables',
    'error logging-namespace',
    'error wrong-type',
  ]);
});

const described = Object.values(rulesToExplain).flat();

test('ids are unique, and every rule says why it exists and which page says so', () => {
  expect(new Set(described.map(({ id }) => id)).size).toBe(described.length);
  expect(described.filter(({ id }) => !/^[a-z]+(-[a-z]+)*$/u.test(id))).toEqual([]);
  expect(described.filter(({ why }) => !/^[A-Z].*[.)]$/u.test(why))).toEqual([]);
  expect(described.filter(({ source }) => !URL.canParse(source))).toEqual([]);
});

test.each(Object.entries(rulesToExplain))('the rules that are said to be in %s are there', (file, own) => {
  const source = readFileSync(path.join(__dirname, '..', '..', 'lib', 'fargate', file), 'utf8');
  expect(own.map(({ id }) => id).filter((id) => !source.includes(`'${id}'`))).toEqual([]);
});

test('every rule has something that breaks it, and something that comes close', () => {
  const failing = new Set(cases.filter(({ says }) => says.length > 0).map(({ rule }) => rule));
  const passing = new Set(
    cases.filter(({ passes }) => Object.keys(passes).length > 0).map(({ rule }) => rule),
  );
  expect(rules.map(({ id }) => id).filter((id) => !failing.has(id) || !passing.has(id))).toEqual([]);
});

test('there is one finding for each rule and object', () => {
  const repeated = cases.flatMap(({ fails, options }) => {
    const keys = check(fails, options).findings.map(
      ({ rule, object, index }) => `${rule} ${index} ${object}`,
    );
    return keys.filter((key, position) => keys.indexOf(key) !== position);
  });
  expect(repeated).toEqual([]);
});

const messages = cases.flatMap(({ says }) => says);

test('what is wrong is followed by a sentence that says what to write instead', () => {
  const remedy =
    /\. (Add|Choose|Compare|Correct|Create|Indent|Install|Join|Keep|Leave|Lower|Make|Quote|Raise|Remove|Run|Set|Shorten|Split|Try|Use|Wait|Write) .*\.$/u;
  expect(messages.filter((message) => !remedy.test(message))).toEqual([]);
});

test('half of the rules say what is wrong in at most 160 characters', () => {
  const lengths = rules
    .map(({ id }) => cases.find(({ rule, says }) => rule === id && says.length > 0)!.says[0]!.length)
    .toSorted((a, b) => a - b);
  expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(160);
});
