/** What the namespace admits: a pod it refuses is never made, while its Deployment is applied without complaint. */
import { isUnresolved, type Field } from '../manifest/field';
import type { Container } from '../manifest/pod';
import { isKind, type CheckedPod, type Facts, type Problem, type Rule } from './rule';
import { podSecurityStandardsPage } from './sources';

const enforceLabel = 'pod-security.kubernetes.io/enforce';

/** The namespaces among the objects that enforce "restricted". Of others the manifests say nothing. */
function restrictedNamespaces({ objects }: Facts): ReadonlySet<string> {
  return new Set(
    objects
      .filter((object) => isKind(object, '', 'Namespace'))
      .filter(({ root }) => root.get('metadata').get('labels').strings()[enforceLabel] === 'restricted')
      .map(({ name }) => name),
  );
}

const seccompTypes = new Set(['RuntimeDefault', 'Localhost']);

/** What a security context, of a pod or of a container, itself sets to a value that is not allowed. */
function forbidden(context: Field): readonly string[] {
  const nonRoot = context.get('runAsNonRoot');
  const seccomp = context.get('seccompProfile');
  const type = seccomp.get('type').text() ?? '';
  return [
    ...(nonRoot.present && !nonRoot.flag() && !isUnresolved(nonRoot.value) ? ['runAsNonRoot: true'] : []),
    ...(context.get('runAsUser').integer() === 0 ? ['a runAsUser other than 0'] : []),
    ...(seccomp.present && !seccompTypes.has(type) && !isUnresolved(type)
      ? ['seccompProfile.type: RuntimeDefault']
      : []),
  ];
}

/** What the security context of a container lacks, or should not have, given that of its pod. */
function wantedOf(container: Container, pod: Field): readonly string[] {
  const own = container.field.get('securityContext');
  const capabilities = own.get('capabilities');
  const added = capabilities.get('add').texts();
  // What the pod sets, rightly or wrongly, the container need not set again.
  const unset = (field: string): boolean => !own.get(field).present && !pod.get(field).present;
  return [
    ...(own.get('allowPrivilegeEscalation').value === false ? [] : ['allowPrivilegeEscalation: false']),
    ...(capabilities.get('drop').texts().includes('ALL') ? [] : ['capabilities.drop: [ALL]']),
    ...(added.every((name) => name === 'NET_BIND_SERVICE') ? [] : ['no capabilities.add']),
    ...(unset('runAsNonRoot') ? ['runAsNonRoot: true'] : []),
    ...(unset('seccompProfile') ? ['seccompProfile.type: RuntimeDefault'] : []),
    ...forbidden(own),
  ];
}

/** Pod and containers each for itself: what a pod sets is refused even where no container inherits it. */
function judge(pod: CheckedPod): readonly Problem[] {
  const context = pod.spec.get('securityContext');
  const problem = (wanted: readonly string[], where: string): Problem => ({
    text: `namespace ${pod.namespace} enforces Pod Security "restricted", which refuses the pod`,
    fix: `Write ${wanted.join(', ')} in ${where}.`,
  });
  const ofPod = forbidden(context);
  return [
    ...(ofPod.length === 0 ? [] : [problem(ofPod, context.path)]),
    ...pod.containers
      .map((container) => ({ container, wanted: wantedOf(container, context) }))
      .filter(({ wanted }) => wanted.length > 0)
      .map(({ container, wanted }) => ({ container, ...problem(wanted, 'securityContext') })),
  ];
}

export const securityRules: readonly Rule[] = [
  {
    id: 'pod-security',
    severity: 'error',
    why: 'A namespace that enforces Pod Security "restricted" admits no pod that asks for more. The Deployment is applied all the same, and waits for ever for its pods.',
    source: podSecurityStandardsPage,
    judges: 'together',
    check: (facts) => {
      const restricted = restrictedNamespaces(facts);
      return facts.pods
        .filter(({ namespace }) => restricted.has(namespace))
        .flatMap((pod) => judge(pod).map((problem) => ({ ...problem, object: pod.object })));
    },
  },
];
