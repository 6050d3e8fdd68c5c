import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge, networkFindings } from '../../synthesis/acknowledged-findings';
import { EncryptedLogGroup } from '../logs/encrypted-log-group';
import { FlowLogRole } from './flow-log-role';
import { sendHandlerLogs } from '../logs/handler-logs';
import { UserError } from '../../user-error';

export interface NetworkProps {
  /** IPv4 range of the new VPC. */
  readonly cidr: string;
  /** NAT gateways of the new VPC; undefined is one in each zone. */
  readonly natGateways: number | undefined;
  /** An existing VPC to use instead of a new one. */
  readonly vpcId: string | undefined;
  /** The names of the log groups of a new VPC begin with this. */
  readonly logGroupPrefix: string;
  /** Key of those log groups. */
  readonly encryptionKey: IKey;
  /** How long their logs are kept, in days. */
  readonly logRetention: RetentionDays;
}

/** The VPC, in the availability zones of the stack: pods in private subnets with egress, NAT gateways in public ones. */
export class Network extends Construct {
  /** The VPC. */
  readonly vpc: ec2.IVpc;

  /** Where pods and the control plane's network interfaces go: a NAT route, no route to an internet gateway. */
  readonly privateSubnets: ec2.SubnetSelection = { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };

  /** NAT gateways that this stack pays for; none in an existing VPC. */
  readonly natGatewayCount: number;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);

    if (props.vpcId) {
      this.vpc = ec2.Vpc.fromLookup(this, 'Vpc', { vpcId: props.vpcId });
      this.natGatewayCount = 0;
      refuseWithoutPrivateSubnets(this.vpc, props.vpcId);
    } else {
      const vpc = this.createVpc(props);
      this.vpc = vpc;
      this.natGatewayCount = props.natGateways ?? vpc.availabilityZones.length;
    }
    acknowledge(this, networkFindings);
  }

  private createVpc(props: NetworkProps): ec2.Vpc {
    const vpc = new ec2.Vpc(this, 'Vpc', {
      ipAddresses: ec2.IpAddresses.cidr(props.cidr),
      // All zones of the stack: CheckoutStack says which they are.
      maxAzs: 6,
      natGateways: props.natGateways,
      subnetConfiguration: [
        { name: 'Public', subnetType: ec2.SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
        { name: 'Private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
      ],
      restrictDefaultSecurityGroup: true,
    });
    vpc.addFlowLog('FlowLog', {
      destination: ec2.FlowLogDestination.toCloudWatchLogs(
        this.createLogGroup('FlowLogs', 'flow-logs', props),
        new FlowLogRole(this, 'FlowLogRole'),
      ),
    });
    // CDK's function that closes the default security group: without a group of its own it logs for ever.
    const handlerLogs = this.createLogGroup('DefaultSecurityGroupLogs', 'default-security-group', props);
    sendHandlerLogs(
      Stack.of(this).node.findChild('Custom::VpcRestrictDefaultSGCustomResourceProvider'),
      handlerLogs,
    );
    handlerLogs.deleteAfter(vpc);
    return vpc;
  }

  private createLogGroup(id: string, name: string, props: NetworkProps): EncryptedLogGroup {
    return new EncryptedLogGroup(this, id, {
      logGroupName: `${props.logGroupPrefix}${name}`,
      encryptionKey: props.encryptionKey,
      retention: props.logRetention,
    });
  }
}

/** Thrown, and not left to the validation, because CDK's cluster takes subnets at once and throws without saying where. */
function refuseWithoutPrivateSubnets({ privateSubnets }: ec2.IVpc, vpcId: string): void {
  const zones = new Set(privateSubnets.map(({ availabilityZone }) => availabilityZone));
  if (zones.size >= 2) {
    return;
  }
  throw new UserError([
    `vpcId "${vpcId}" has private subnets (with a NAT route) in ${zones.size} availability zones: EKS needs two, and Fargate runs pods in private subnets only. Add private subnets, or leave vpcId out for a new VPC (docs/existing-vpc.md)`,
  ]);
}
