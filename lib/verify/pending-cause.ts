/** A message of a Fargate pod that does not start, and what usually is behind it. */
interface PendingCause {
  readonly message: RegExp;
  readonly cause: string;
}

/**
 * Messages seen on real clusters. The first that matches wins. Sources: Amazon EKS user guide (fargate,
 * fargate-profile, fargate-pod-configuration), github.com/aws/containers-roadmap issues 666 and 1890,
 * github.com/terraform-aws-modules/terraform-aws-eks issues 1476 and 1758.
 */
const PENDING_CAUSES: readonly PendingCause[] = [
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
    cause: 'the container starts and ends again: `kubectl logs --previous` of the pod says why',
  },
];

/** The usual cause of the first known message among the evidence, or `null`. */
export function likelyCause(evidence: readonly string[]): string | null {
  return PENDING_CAUSES.find(({ message }) => evidence.some((line) => message.test(line)))?.cause ?? null;
}
