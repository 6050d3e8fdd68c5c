import { adviceOn } from '../../../lib/commands/rehearse/advice';

test.each([
  ['Error from server (NotFound): namespaces "shop" not found', 'Apply the namespace before'],
  [
    'error: resource mapping not found: no matches for kind "Rollout" in version "argoproj.io/v1alpha1"',
    'Apply its CustomResourceDefinition before',
  ],
  ['pods "web" is forbidden: exceeded quota: compute', 'Raise the ResourceQuota'],
  ['kubectl delete was not done after 60 s', 'Something waits, for a finalizer'],
  ['Pod "web" is invalid: spec: Forbidden: pod updates may not change fields other than', undefined],
])('%s', (words, advice) => {
  expect(adviceOn(words).join('\n')).toContain(advice ?? '');
  expect(adviceOn(words)).toHaveLength(advice === undefined ? 0 : 1);
});
