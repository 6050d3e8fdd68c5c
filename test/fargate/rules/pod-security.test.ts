import { check } from '../support/manifests';
import {
  inNamespaceOf,
  namespaceOf,
  podsWithOneChange,
  policies,
  recordedVerdict,
} from '../support/pod-security-pods';
import { podSecurityCases } from '../support/pod-security-cases';
import { testRules } from '../support/rule-cases';

testRules(podSecurityCases);

test.each(policies)('pods are judged as the API server does under $level:$version', (policy) => {
  const pods = podsWithOneChange.map((changed) => inNamespaceOf(policy, changed));
  const refused = new Set(
    check([...pods, namespaceOf(policy)])
      .findings.filter(({ rule }) => rule === 'pod-security')
      .map(({ index }) => index),
  );
  const verdicts = podsWithOneChange.map((changed, index) => ({
    changes: changed.changes,
    recorded: recordedVerdict(policy, changed),
    byRule: refused.has(index) ? 'refused' : 'admitted',
  }));
  expect(verdicts.filter(({ byRule, recorded }) => byRule !== recorded)).toEqual([]);
});
