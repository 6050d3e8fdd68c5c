/** What is said of a pod that does not start, or of an object that makes none, and what usually is behind it. */
interface KnownCause {
  readonly message: RegExp;
  readonly cause: string;
}

/** Fargate gives up on a pod after some tries: containers-roadmap#768 (mreferre, 2021), #2654 (open). */
const thenDelete = 'Then delete the pod: Fargate may have given up on it, and its owner makes another one';

/**
 * The first that matches wins, so what is only a consequence comes last. Sources of the messages of Fargate, seen on
 * real clusters: Amazon EKS user guide (fargate, fargate-profile, fargate-pod-configuration),
 * github.com/aws/containers-roadmap issues 666 and 1890, github.com/terraform-aws-modules/terraform-aws-eks issues
 * 1476, 1758 and 2912, github.com/clowdhaus/eks-reference-architecture issue 12; of those of Kubernetes:
 * kubernetes/pkg/controller/{deployment,statefulset,job} and staging/src/k8s.io/apiserver/pkg/admission.
 */
const knownCauses: readonly KnownCause[] = [
  {
    message: /violates PodSecurity/,
    cause:
      'the namespace enforces a Pod Security level that the pod does not meet, as the message says: fix the securityContext of the pod, or the label pod-security.kubernetes.io/enforce of the namespace',
  },
  {
    message: /exceeded quota/,
    cause:
      'a ResourceQuota of the namespace is used up, as the message says: `kubectl describe quota` shows it',
  },
  {
    message: /admission webhook .* denied|failed calling webhook/,
    cause:
      'an admission webhook refuses the pods, or does not answer, as the message says: `kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations` lists them',
  },
  {
    message: /ReplicaFailure=True|FailedCreate/,
    cause:
      'Kubernetes refuses to make the pods, as the message says: a LimitRange of the namespace, a missing service account, or another admission plug-in',
  },
  {
    message: /Progressing=False ReplicaSetCreateError/,
    cause: 'Kubernetes cannot make the ReplicaSet, as the message says: a quota, or an admission webhook',
  },
  {
    message: /DeploymentPaused/,
    cause: 'somebody paused the Deployment: `kubectl rollout resume deployment` lets it go on',
  },
  {
    message: /AWS account is currently blocked/,
    cause:
      'AWS does not let this account run pods on Fargate, which is usual for a new one: ask AWS Support to unblock it. ' +
      thenDelete,
  },
  {
    message: /Misconfigured Fargate Profile|Failed to assume PodExecutionRole/,
    cause: `the pod execution role is gone, has no access entry, or does not trust eks-fargate-pods.amazonaws.com: see step 1. ${thenDelete}`,
  },
  {
    message: /Pod not supported on Fargate/,
    cause:
      'the pod asks for something that Fargate does not have, as the message says: `npm run preflight` finds it before a deploy',
  },
  {
    message: /reached the limit on the number of Fargate/,
    cause: `the account has used up its Fargate vCPU quota in this region: end other pods, or ask for a higher quota (Service Quotas, AWS Fargate). ${thenDelete}`,
  },
  {
    message: /Pod provisioning timed out/,
    cause: `Fargate tries again for some time. If it keeps failing, the private subnets have no way out (NAT gateway or VPC endpoints for ECR, S3 and STS), or no free addresses: fix that. ${thenDelete}`,
  },
  {
    message: /capacity is unavailable/i,
    cause: `the zone has no Fargate capacity of this size at the moment. Fargate tries again for some time; another size, or more zones, helps. ${thenDelete}`,
  },
  {
    message: /ImagePullBackOff|ErrImagePull|[Ff]ailed to pull image/,
    cause:
      'the image does not exist, or the private subnets have no way to its registry (NAT gateway or VPC endpoints), or the pod execution role may not read it',
  },
  {
    message: /secret "[^"]*" not found|couldn't find key \S+ in Secret/,
    cause:
      'the pod reads a Secret, or a key of it, that is not there. Of one that External Secrets makes, `kubectl describe externalsecret` says why: the role may not read the secret in AWS, or its value is not a JSON object',
  },
  {
    message: /CrashLoopBackOff/,
    cause:
      'the container starts and ends again: `kubectl logs --previous` of the pod, with `-c` and the name of the container, says why',
  },
  {
    message: /ProgressDeadlineExceeded/,
    cause:
      'no further pod became ready within progressDeadlineSeconds (10 minutes by default): `kubectl describe` and `kubectl logs` of the pods say what they wait for. Kubernetes goes on trying',
  },
  {
    message:
      /failed: (BackoffLimitExceeded|DeadlineExceeded|PodFailurePolicy|FailedIndexes|MaxFailedIndexesExceeded)/,
    cause: 'the pods of the run failed, or ran too long: `kubectl logs job/NAME` says why',
  },
  {
    message: /^no such \w+$/,
    cause:
      'somebody deleted it by hand, or it was never applied. A deploy without a change does not bring it back: `npm run manifests` writes it for `kubectl apply`. Where Argo CD applies it, `kubectl get applications --all-namespaces` shows whether it did',
  },
  {
    message: /change not yet picked up$/,
    cause: 'the control plane has not seen the change yet: look again in a minute',
  },
];

/** The usual cause of the first known message among the lines; undefined where none is known. */
export function likelyCause(lines: readonly string[]): string | undefined {
  return knownCauses.find(({ message }) => lines.some((line) => message.test(line)))?.cause;
}
