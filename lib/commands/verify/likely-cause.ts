/** What is told of a pod that does not start, or of a Deployment that makes none, and what usually is behind it. */
interface KnownCause {
  readonly message: RegExp;
  readonly cause: string;
}

/**
 * The first that matches wins, so what is only a consequence comes last. Sources of the messages of Fargate, seen on
 * real clusters: Amazon EKS user guide (fargate, fargate-profile, fargate-pod-configuration),
 * github.com/aws/containers-roadmap issues 666 and 1890, github.com/terraform-aws-modules/terraform-aws-eks issues
 * 1476 and 1758; of those of Deployments: kubernetes/pkg/controller/deployment.
 */
const knownCauses: readonly KnownCause[] = [
  {
    message: /violates PodSecurity/,
    cause:
      'the namespace enforces a Pod Security level that the pod does not meet, as the message says: mend the securityContext of the pod, or the label pod-security.kubernetes.io/enforce of the namespace',
  },
  {
    message: /ReplicaFailure=True/,
    cause:
      'Kubernetes refuses to make the pods, as the message says: a ResourceQuota or LimitRange of the namespace, a missing service account, or an admission webhook',
  },
  {
    message: /Progressing=False ReplicaSetCreateError/,
    cause: 'Kubernetes cannot make the ReplicaSet, as the message says: a quota, or an admission webhook',
  },
  {
    message: /DeploymentPaused/,
    cause: 'someone paused the Deployment: `kubectl rollout resume deployment` lets it go on',
  },
  {
    message: /Misconfigured Fargate Profile|Failed to assume PodExecutionRole/,
    cause: 'the pod execution role is gone or does not trust eks-fargate-pods.amazonaws.com: see step 1',
  },
  {
    message: /Pod not supported on Fargate/,
    cause:
      'the pod asks for something Fargate does not have, as the message says: `npm run preflight` finds it before a deploy',
  },
  {
    message: /reached the limit on the number of Fargate/,
    cause:
      'the account has used up its Fargate vCPU quota in this region: end other pods, or ask for a higher quota (Service Quotas, AWS Fargate)',
  },
  {
    message: /Pod provisioning timed out/,
    cause:
      'Fargate retries by itself. Where it goes on, the private subnets have no way out (NAT gateway or VPC endpoints for ECR, S3 and STS), or no free addresses',
  },
  {
    message: /capacity is unavailable/i,
    cause:
      'the zone has no Fargate capacity of this size at the moment: Fargate retries by itself; another size, or more zones, helps',
  },
  {
    message: /ImagePullBackOff|ErrImagePull|[Ff]ailed to pull image/,
    cause:
      'the image does not exist, or the private subnets have no way to its registry (NAT gateway or VPC endpoints), or the pod execution role may not read it',
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
    message: /: no such Deployment$/,
    cause:
      'the Deployment was deleted by hand, or never applied. A deploy without a change does not bring it back: `npm run manifests` writes it for `kubectl apply`',
  },
  {
    message: /change not yet picked up$/,
    cause: 'the control plane has not taken the change up yet: look again in a minute',
  },
];

/** The usual cause of the first known message among the lines, or `null`. */
export function likelyCause(lines: readonly string[]): string | null {
  return knownCauses.find(({ message }) => lines.some((line) => message.test(line)))?.cause ?? null;
}
