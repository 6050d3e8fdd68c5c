import { Construct } from 'constructs';
import { groupValues } from '../../fargate/group-values';
import { profileLabel } from '../../fargate/sizing/profile';
import type { FargateOnlyCluster } from '../cluster/fargate-only-cluster';
import type { Network } from '../network/network';
import { zoneLabel, type PodZone } from './pod-zone';
import { zoneProblems } from './zone-problems';

export interface PodZonesProps {
  /** The cluster of the pods. */
  readonly cluster: FargateOnlyCluster;
  /** The network of the cluster. */
  readonly network: Network;
}

/**
 * A Fargate profile in each availability zone, for pods of any namespace. With a Deployment in each, replicas are in as many
 * zones: Fargate itself spreads pods unevenly, and applies no topologySpreadConstraints.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html
 */
export class PodZones extends Construct {
  /** The zones, in order. */
  readonly zones: readonly PodZone[];

  constructor(scope: Construct, id: string, { cluster, network }: PodZonesProps) {
    super(scope, id);

    const { subnets } = network.vpc.selectSubnets(network.privateSubnets);
    // An existing VPC may have several in a zone.
    const byZone = groupValues(subnets.map((subnet) => [subnet.availabilityZone, subnet] as const));
    this.zones = [...byZone.values()].map((subnetsOfZone, index) => {
      const number = String(index + 1);
      const { fargateProfileName } = cluster.addProfile(
        `Zone${number}Profile`,
        {
          name: `zone-${number}-profile`,
          selectors: [{ namespace: '*', labels: { [zoneLabel]: number } }],
        },
        { subnets: subnetsOfZone },
      );
      // The second label, because a profile of the namespace may come first by its name, and would get the pods.
      return { number, podLabels: { [zoneLabel]: number, [profileLabel]: fargateProfileName } };
    });
    this.node.addValidation({ validate: () => zoneProblems(cluster.plan, this.zones) });
  }
}
