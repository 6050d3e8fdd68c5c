import type { k8s } from 'cdk8s-plus-28';

/**
 * Security context of a pod under the Pod Security Standard "restricted".
 *
 * @param runAsUser numeric user of the image: the kubelet cannot tell whether a user given by name is root.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function restrictedPod(runAsUser: number): k8s.PodSecurityContext {
  return {
    runAsNonRoot: true,
    runAsUser,
    runAsGroup: 1000,
    fsGroup: 1000,
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** Security context of a container in such a pod: no capability, no privilege escalation, nothing to write to. */
export const restrictedContainer: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
};
