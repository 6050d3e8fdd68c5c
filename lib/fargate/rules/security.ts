/** What the namespace admits: a pod it refuses is never made, while its Deployment is applied without complaint. */
import type { Field } from '../field';
import type { Container } from '../pod';
import { isKind, type CheckedPod, type Facts, type Problem, type Rule } from './rule';
import { POD_SECURITY_STANDARDS } from './sources';

const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** The namespaces among the objects that enforce "restricted". Of others the manifests say nothing. */
function restrictedNamespaces({ objects }: Facts): ReadonlySet<string> {
  return new Set(
    objects
      .filter((object) => isKind(object, '', 'Namespace'))
      .filter(({ root }) => root.get('metadata').get('labels').strings()[ENFORCE] === 'restricted')
      .map(({ name }) => name),
  );
}

const hasSeccomp = (context: Field): boolean =>
  ['RuntimeDefault', 'Localhost'].includes(context.get('seccompProfile').get('type').text() ?? '');

/** What is missing in the security context of a container, given that of its pod. */
function missing(container: Container, pod: Field): readonly string[] {
  const own = container.field.get('securityContext');
  const nonRoot = own.get('runAsNonRoot').present ? own.get('runAsNonRoot') : pod.get('runAsNonRoot');
  const user = own.get('runAsUser').present ? own.get('runAsUser') : pod.get('runAsUser');
  const capabilities = own.get('capabilities');
  const added = capabilities.get('add').texts();
  return [
    ...(own.get('allowPrivilegeEscalation').value === false ? [] : ['allowPrivilegeEscalation: false']),
    ...(capabilities.get('drop').texts().includes('ALL') ? [] : ['capabilities.drop: [ALL]']),
    ...(added.every((name) => name === 'NET_BIND_SERVICE') ? [] : ['no capabilities.add']),
    ...(nonRoot.flag() ? [] : ['runAsNonRoot: true']),
    ...(user.integer() === 0 ? ['a runAsUser other than 0'] : []),
    ...(hasSeccomp(own) || hasSeccomp(pod) ? [] : ['seccompProfile.type: RuntimeDefault']),
  ];
}

function judge(pod: CheckedPod): readonly Problem[] {
  const context = pod.spec.get('securityContext');
  return pod.containers
    .map((container) => ({ container, wanted: missing(container, context) }))
    .filter(({ wanted }) => wanted.length > 0)
    .map(({ container, wanted }) => ({
      container,
      text: `namespace ${pod.namespace} enforces Pod Security "restricted", and would refuse the pod. Write ${wanted.join(', ')} in securityContext.`,
    }));
}

export const securityRules: readonly Rule[] = [
  {
    id: 'pod-security',
    severity: 'error',
    why: 'A namespace that enforces Pod Security "restricted" admits no pod that asks for more. The Deployment is applied all the same, and waits for ever for its pods.',
    source: POD_SECURITY_STANDARDS,
    judges: 'together',
    check: (facts) => {
      const restricted = restrictedNamespaces(facts);
      return facts.pods
        .filter(({ namespace }) => restricted.has(namespace))
        .flatMap((pod) => judge(pod).map((problem) => ({ ...problem, object: pod.object })));
    },
  },
];
