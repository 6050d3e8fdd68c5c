/** What to do about what an API server says, by its words. The first that match count. */
const advice: ReadonlyArray<readonly [words: RegExp, toDo: string]> = [
  [
    /field is immutable|updates to [\w ]+spec for fields other than/u,
    'A deploy fails here too, and CloudFormation rolls back. Keep the field as it is, or give the object another name: then the new one is made before the old one goes.',
  ],
  [
    /violates PodSecurity/u,
    'Write what it asks for into the pod template (charts/restricted-pod.ts has it), or give the workload a namespace with a lower level.',
  ],
  [/unknown field/u, 'Correct the name of the field, or remove it: kubectl explain KIND lists the fields.'],
  [
    /namespaces "[^"]*" not found/u,
    'Apply the namespace before: FargateWorkload makes it, or let the construct depend on the one that does.',
  ],
  [
    /no matches for kind/u,
    'This API server does not serve the kind. Apply its CustomResourceDefinition before, or correct the apiVersion.',
  ],
  [/exceeded quota/u, 'Raise the ResourceQuota of the namespace, or ask for less.'],
  [
    /ValidatingAdmissionPolicy|admission webhook/u,
    'Change the object to what the policy allows, or the policy.',
  ],
  [
    /was not done after/u,
    'Something waits, for a finalizer in most cases. In AWS the handler waits as long as it may run, and CloudFormation then says that it is deleted.',
  ],
];

/** What to do, as a line of a failure; none where nothing is known. */
export function adviceOn(words: string): readonly string[] {
  const found = advice.find(([pattern]) => pattern.test(words));
  return found === undefined ? [] : [`What to do: ${found[1]}`];
}
