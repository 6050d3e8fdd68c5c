import { createHash } from 'node:crypto';
import { Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import type { Construct } from 'constructs';
import type { FargateProfile } from '../../fargate/sizing/profile';

/** What EKS fixes when it creates a profile. */
export interface ContentNamedProfileProps extends Required<
  Pick<eks.FargateProfileProps, 'cluster' | 'podExecutionRole' | 'vpc' | 'subnetSelection'>
> {
  /** The name, which gets a suffix, and the selectors. */
  readonly profile: FargateProfile;
}

/**
 * A Fargate profile whose name follows its content: `checkout-profile-3f2a91`.
 *
 * EKS changes nothing in a profile but its tags. CloudFormation creates the new profile before it deletes the old one,
 * and both cannot have one name: with a fixed name, a changed selector, subnet or role would synthesize and then fail
 * to deploy (docs/changing-a-profile.md).
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html
 */
export class ContentNamedProfile extends eks.FargateProfile {
  /** The name itself. That of CDK is the `Ref`, which CloudFormation answers with `CLUSTER|PROFILE`. */
  override readonly fargateProfileName: string;

  constructor(scope: Construct, id: string, { profile, ...props }: ContentNamedProfileProps) {
    const selectors = profile.selectors.map(({ namespace, labels }) => ({
      namespace,
      labels: { ...labels },
    }));
    const content: unknown = Stack.of(scope).resolve({
      selectors,
      subnets: props.vpc.selectSubnets(props.subnetSelection).subnetIds,
      role: props.podExecutionRole.roleArn,
    });
    const suffix = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 6);
    const fargateProfileName = `${profile.name}-${suffix}`;
    super(scope, id, { ...props, selectors, fargateProfileName });
    this.fargateProfileName = fargateProfileName;
  }
}
