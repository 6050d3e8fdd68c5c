/** Where the looked-up VPC is. */
export const lookupEnv = { account: '111122223333', region: 'us-west-2' };

/** ID of the looked-up VPC. */
export const lookupVpcId = 'vpc-0123456789abcdef0';

/**
 * The context that CDK keeps of a looked-up VPC.
 *
 * @param zones letters of the zones that have a private subnet.
 */
export const vpcLookup = (...zones: readonly string[]) => ({
  [`vpc-provider:account=${lookupEnv.account}:filter.vpc-id=${lookupVpcId}:region=${lookupEnv.region}:returnAsymmetricSubnets=true`]:
    {
      vpcId: lookupVpcId,
      vpcCidrBlock: '10.9.0.0/16',
      availabilityZones: [],
      subnetGroups: [
        {
          name: 'Private',
          type: 'Private',
          subnets: zones.map((zone) => ({
            subnetId: `subnet-0123456789abcdef${zone}`,
            cidr: '10.9.0.0/24',
            availabilityZone: `us-west-2${zone}`,
            routeTableId: `rtb-${zone}`,
          })),
        },
      ],
    },
});
