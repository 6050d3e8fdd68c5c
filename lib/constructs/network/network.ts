import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { acknowledge, inlinePolicy } from '../../synthesis/acknowledge';
import { UserError } from '../../user-error';
import { sendHandlerLogs } from '../logs/handler-logs';
import type { LogGroups } from '../logs/log-groups';
import { FlowLogRole } from './flow-log-role';
import { PrivateEndpoints } from './private-endpoints';
import { proxyAt, type HttpProxy } from './proxy';
import { useZoneIds } from './zones';

export interface NetworkProps {
  /** IPv4 range of the new VPC. */
  readonly cidr: string;
  /**
   * NAT gateways of the new VPC. With none it has no way to the internet, and endpoints instead. Of an existing VPC, 0 says
   * that it has none and brings its endpoints.
   *
   * @default - one in each zone
   */
  readonly natGateways?: number;
  /**
   * An existing VPC to use instead of a new one.
   *
   * @default - a new VPC
   */
  readonly vpcId?: string;
  /**
   * URL of an HTTP proxy.
   *
   * @default - no proxy
   */
  readonly httpsProxy?: string;
  /** Makes the log groups of a new VPC. */
  readonly logGroups: LogGroups;
}

/**
 * The VPC, in the availability zones of the stack: pods in private subnets, NAT gateways in public ones. Without NAT
 * gateways there are no public subnets and no internet gateway, but endpoints of the AWS services that are needed.
 */
export class Network extends Construct {
  /** The VPC, new or existing. */
  readonly vpc: ec2.IVpc;
  /** Its IPv4 range. */
  readonly cidr: string;
  /** Whether pods have a way to the internet. */
  readonly internet: boolean;
  /** What AWS is reached through without a NAT gateway; undefined where the VPC is an existing one or has NAT gateways. */
  readonly endpoints: PrivateEndpoints | undefined;
  /** Between the VPC and the internet; undefined where programs need none. */
  readonly proxy: HttpProxy | undefined;

  /** Where pods and the control plane's network interfaces go: no route to an internet gateway. */
  readonly privateSubnets: ec2.SubnetSelection = { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);

    this.internet = props.natGateways !== 0;
    if (props.vpcId) {
      this.vpc = ec2.Vpc.fromLookup(this, 'Vpc', { vpcId: props.vpcId });
      refuseWithoutPrivateSubnets(this.vpc, props.vpcId);
      this.cidr = this.vpc.vpcCidrBlock;
    } else {
      const vpc = this.createVpc(props.cidr, props.natGateways);
      this.addFlowLog(vpc, props.logGroups);
      this.sendDefaultSecurityGroupLogs(vpc, props.logGroups);
      this.vpc = vpc;
      // Not that of the VPC, which is known only at deploy time.
      this.cidr = props.cidr;
      if (!this.internet) {
        this.endpoints = new PrivateEndpoints(this, 'Endpoints', {
          vpc,
          cidr: props.cidr,
          subnets: this.privateSubnets,
        });
      }
    }
    this.proxy = props.httpsProxy === undefined ? undefined : proxyAt(props.httpsProxy, this.cidr);
    acknowledge(this, [
      {
        id: 'NIST.800.53.R5-VPCNoUnrestrictedRouteToIGW',
        reason: 'The public subnets hold nothing but the NAT gateways, which are what needs the route.',
        at: ['1', '2', '3', '4', '5', '6'].map((zone) => `Vpc/PublicSubnet${zone}/DefaultRoute`),
      },
      { ...inlinePolicy, at: ['FlowLogRole/DefaultPolicy/Resource'] },
    ]);
  }

  private createVpc(cidr: string, natGateways: number | undefined): ec2.Vpc {
    const vpc = new ec2.Vpc(this, 'Vpc', {
      ipAddresses: ec2.IpAddresses.cidr(cidr),
      // All zones of the stack: its `availabilityZones` says which they are.
      maxAzs: 6,
      natGateways,
      createInternetGateway: natGateways !== 0,
      subnetConfiguration: [
        // Reserved, so that the private subnets have the same ranges with and without them.
        {
          name: 'Public',
          subnetType: ec2.SubnetType.PUBLIC,
          mapPublicIpOnLaunch: false,
          reserved: natGateways === 0,
        },
        { name: 'Private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
      ],
      restrictDefaultSecurityGroup: true,
      // Free, and keeps the layers of images in ECR and the answers to CloudFormation off the NAT gateways.
      gatewayEndpoints: { S3: { service: ec2.GatewayVpcEndpointAwsService.S3 } },
    });
    useZoneIds(vpc);
    return vpc;
  }

  private addFlowLog(vpc: ec2.Vpc, logGroups: LogGroups): void {
    vpc.addFlowLog('FlowLog', {
      destination: ec2.FlowLogDestination.toCloudWatchLogs(
        logGroups.create(this, 'FlowLogs', 'flow-logs'),
        new FlowLogRole(this, 'FlowLogRole'),
      ),
    });
  }

  /** CDK's function that closes the default security group would log to a group that nobody deletes. */
  private sendDefaultSecurityGroupLogs(vpc: ec2.Vpc, logGroups: LogGroups): void {
    const logs = logGroups.create(this, 'DefaultSecurityGroupLogs', 'default-security-group');
    sendHandlerLogs(
      Stack.of(this).node.findChild('Custom::VpcRestrictDefaultSGCustomResourceProvider'),
      logs,
    );
    logs.deleteAfter(vpc);
  }
}

/** Thrown, and not left to the validation, because CDK's cluster reads the subnets at once and throws without saying where. */
function refuseWithoutPrivateSubnets({ privateSubnets }: ec2.IVpc, vpcId: string): void {
  const zones = new Set(privateSubnets.map(({ availabilityZone }) => availabilityZone));
  if (zones.size >= 2) {
    return;
  }
  throw new UserError([
    `vpcId "${vpcId}" has private subnets (with a NAT route, or the tag aws-cdk:subnet-type Private) in ${zones.size} availability zones: EKS needs two, and Fargate runs pods in private subnets only. Add private subnets, or leave vpcId out for a new VPC (docs/existing-vpc.md)`,
  ]);
}
