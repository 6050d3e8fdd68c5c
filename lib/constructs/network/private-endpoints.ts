import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { BlockSettings } from '../../config/block-settings';

/** An endpoint of a VPC without a way to the internet, and who needs it. */
interface Endpoint {
  /** The part of `com.amazonaws.REGION.SERVICE` that names the service. */
  readonly service: string;
  /** Who calls the service, and what for. */
  readonly reason: string;
  /** The page, or the file, that says so. */
  readonly source: string;
  /**
   * The setting that makes the block which needs it.
   *
   * @default - every cluster needs it
   */
  readonly block?: Block;
  /**
   * Whether the public name of the service leads to the endpoint in this VPC.
   *
   * @default true
   */
  readonly privateDns?: false;
}

/** Blocks that call AWS services of their own, by their setting. */
type Block = keyof Pick<BlockSettings, 'ingress' | 'externalSecrets' | 'argoCd'>;

const privateClusters = 'https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html';

/** The interface endpoints, each billed by hour and zone. docs/private-operation.md has the same table. */
export const interfaceEndpoints: readonly Endpoint[] = [
  { service: 'ecr.api', reason: 'Fargate signs in to ECR, for every image', source: privateClusters },
  { service: 'ecr.dkr', reason: 'Fargate reads the manifest of every image', source: privateClusters },
  {
    service: 'sts',
    reason: 'Fargate starts a pod, and pods assume the roles of their ServiceAccounts',
    source: 'https://github.com/awsdocs/amazon-eks-user-guide/pull/119',
  },
  { service: 'logs', reason: 'the log router of every pod writes to CloudWatch', source: privateClusters },
  {
    service: 'eks',
    reason: 'the kubectl handler asks for the address of the cluster',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/vpc-interface-endpoints.html',
  },
  {
    service: 'lambda',
    reason: 'the kubectl handler is two functions in the VPC, and one invokes the other',
    source: 'lib/constructs/cluster/kubectl-handler.ts',
  },
  {
    service: 'elasticloadbalancing',
    reason: 'the load balancer controller changes the targets of a load balancer',
    source: privateClusters,
    block: 'ingress',
  },
  {
    service: 'ec2',
    reason: 'the load balancer controller asks about VPC and security groups',
    source: privateClusters,
    block: 'ingress',
  },
  {
    service: 'secretsmanager',
    reason: 'External Secrets reads secrets',
    source: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/vpc-endpoint-overview.html',
    block: 'externalSecrets',
  },
  {
    service: 'eks-capabilities',
    reason: 'the UI of Argo CD is reached through it alone',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/argocd-private-access.html',
    block: 'argoCd',
    // EKS itself has the name of the UI lead to it, wherever it is asked for.
    privateDns: false,
  },
];

/** The gateway endpoints. They cost nothing, and a network with NAT gateways has that of S3, too. */
export const gatewayEndpoints: readonly Endpoint[] = [
  {
    service: 's3',
    reason: 'ECR keeps the layers of images in S3, and the kubectl handler answers CloudFormation there',
    source: privateClusters,
  },
  {
    service: 'dynamodb',
    reason: 'pods that keep their data in a table; it costs nothing',
    source: 'https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html',
  },
];

export interface PrivateEndpointsProps {
  /** The VPC. */
  readonly vpc: ec2.Vpc;
  /** Its IPv4 range, from which the endpoints may be used. */
  readonly cidr: string;
  /** Where the endpoints have an address: the subnets of the pods. */
  readonly subnets: ec2.SubnetSelection;
}

/** What pods and the kubectl handler reach AWS through where there is no NAT gateway. */
export class PrivateEndpoints extends Construct {
  private readonly securityGroup: ec2.SecurityGroup;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PrivateEndpointsProps,
  ) {
    super(scope, id);

    const { vpc, cidr } = props;
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Interface endpoints of the VPC',
      allowAllOutbound: false,
    });
    this.securityGroup.addIngressRule(ec2.Peer.ipv4(cidr), ec2.Port.HTTPS, 'Pods and the kubectl handler');
    this.addFor(undefined);
    // That of S3 is in every new VPC.
    new ec2.GatewayVpcEndpoint(this, 'dynamodb', {
      vpc,
      service: ec2.GatewayVpcEndpointAwsService.DYNAMODB,
    });
  }

  /**
   * Adds what a block needs. The cluster waits for these endpoints as well.
   *
   * @param block undefined for what every cluster needs.
   * @returns their IDs.
   */
  addFor(block: Block | undefined): string[] {
    const { vpc, subnets } = this.props;
    return interfaceEndpoints
      .filter((endpoint) => endpoint.block === block)
      .map(
        ({ service, privateDns = true }) =>
          new ec2.InterfaceVpcEndpoint(this, service, {
            vpc,
            subnets,
            securityGroups: [this.securityGroup],
            // Its own rule would open the group a second time.
            open: false,
            privateDnsEnabled: privateDns,
            service: new ec2.InterfaceVpcEndpointAwsService(service),
          }).vpcEndpointId,
      );
  }
}
