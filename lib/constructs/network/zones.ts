import { Annotations, Fn, Token, type Stack } from 'aws-cdk-lib';
import { CfnSubnet, type Vpc } from 'aws-cdk-lib/aws-ec2';
import { isZoneId, refusedZones } from '../../config/zones';

/** How many zones, or which, by name or by ID. */
type Zones = number | readonly string[];

/**
 * The zones of a stack, for its `availabilityZones`, which CDK reads while it builds a VPC.
 *
 * @param zones a count takes the first zones of the region by letter, whichever region the stack is deployed to.
 */
export function zonesOfStack(zones: Zones): string[] {
  return typeof zones === 'number'
    ? Array.from({ length: zones }, (_, index) => Fn.select(index, Fn.getAzs()))
    : [...zones];
}

/** Writes zone IDs where CloudFormation reads them: CDK knows names only. */
export function useZoneIds(vpc: Vpc): void {
  for (const { availabilityZone, node } of [...vpc.publicSubnets, ...vpc.privateSubnets]) {
    if (isZoneId(availabilityZone) && node.defaultChild instanceof CfnSubnet) {
      node.defaultChild.availabilityZone = undefined;
      node.defaultChild.availabilityZoneId = availabilityZone;
    }
  }
}

/** Warns where a count of zones may take one in which EKS creates no control plane: the letters differ in each account. */
export function warnOfRefusedZone(stack: Stack, zones: Zones): void {
  const refused = Token.isUnresolved(stack.region) ? undefined : refusedZones.get(stack.region);
  if (typeof zones === 'number' && refused !== undefined) {
    Annotations.of(stack).addWarningV2(
      'eks-fargate:refused-zone',
      `availabilityZones ${zones} takes the first zones of ${stack.region} by letter, and EKS creates no control plane in ${refused}, whose letter differs in each account. Write the IDs of the zones: docs/availability-zones.md prints them.`,
    );
  }
}
