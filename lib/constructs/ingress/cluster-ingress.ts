import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import type { IngressScheme } from '../../config/block-settings';
import { acknowledge } from '../../synthesis/acknowledge';
import { UserError } from '../../user-error';
import type { FargateOnlyCluster } from '../cluster/fargate-only-cluster';
import type { Network } from '../network/network';
import { ExposedService, type Exposure } from './exposed-service';
import { LoadBalancerController } from './load-balancer-controller';

export interface ClusterIngressProps {
  /** The cluster behind the load balancer. */
  readonly cluster: FargateOnlyCluster;
  /** The network of the cluster. */
  readonly network: Network;
  /** Whether the internet can reach it, or addresses inside the VPC only. */
  readonly scheme: IngressScheme;
  /**
   * IPv4 ranges that may use it.
   *
   * @default - the range of the VPC
   */
  readonly cidrs?: readonly string[];
  /**
   * Certificate for HTTPS. HTTP is then redirected.
   *
   * @default - HTTP
   */
  readonly certificateArn?: string;
  /** Whether Elastic Load Balancing refuses to delete it. */
  readonly deletionProtection: boolean;
}

/** An Application Load Balancer in front of a cluster. It answers 404 to what is exposed nowhere. */
export class ClusterIngress extends Construct {
  /** Where it answers, for example `http://internal-….elb.amazonaws.com`. */
  readonly url: string;

  private readonly listener: elb.ApplicationListener;
  private readonly controller: LoadBalancerController;
  private readonly exposed: Construct;
  private readonly exposures = new Map<number, string>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ClusterIngressProps,
  ) {
    super(scope, id);

    const { cluster, network, certificateArn } = props;
    const securityGroup = this.createSecurityGroup();
    const loadBalancer = new elb.ApplicationLoadBalancer(this, 'LoadBalancer', {
      vpc: network.vpc,
      vpcSubnets: this.subnets(),
      internetFacing: props.scheme === 'public',
      securityGroup,
      deletionProtection: props.deletionProtection,
      dropInvalidHeaderFields: true,
    });
    // One logical ID for each port: where the certificate comes or goes, the listener of port 80 is changed in place.
    const nothing = elb.ListenerAction.fixedResponse(404);
    const http = loadBalancer.addListener('Http', {
      protocol: elb.ApplicationProtocol.HTTP,
      defaultAction: certificateArn
        ? elb.ListenerAction.redirect({ protocol: 'HTTPS', port: '443', permanent: true })
        : nothing,
      open: false,
    });
    this.listener = certificateArn
      ? loadBalancer.addListener('Https', {
          protocol: elb.ApplicationProtocol.HTTPS,
          certificates: [elb.ListenerCertificate.fromArn(certificateArn)],
          defaultAction: nothing,
          open: false,
        })
      : http;
    this.url = `${certificateArn ? 'https' : 'http'}://${loadBalancer.loadBalancerDnsName}`;
    this.controller = new LoadBalancerController(this, 'Controller', { cluster, network });
    // A change of the scheme replaces the load balancer. A target group can be on one only, so each scheme has its own.
    this.exposed = new Construct(this, props.scheme);
    this.acknowledgeFindings();
  }

  /**
   * Sends requests to a Service.
   *
   * @throws UserError if the charts of the workload have no such Service, if it has not one port, or if the priority is taken.
   */
  expose(id: string, exposure: Exposure): void {
    const taken = this.exposures.get(exposure.priority);
    if (taken !== undefined) {
      throw new UserError([
        `Service ${exposure.workload.namespace}/${exposure.service}: priority ${exposure.priority} is that of Service ${taken}. Choose another`,
      ]);
    }
    this.exposures.set(exposure.priority, `${exposure.workload.namespace}/${exposure.service}`);
    new ExposedService(this.exposed, id, {
      ...exposure,
      scheme: this.props.scheme,
      cluster: this.props.cluster,
      vpc: this.props.network.vpc,
      controller: this.controller,
      listener: this.listener,
    });
  }

  private createSecurityGroup(): ec2.SecurityGroup {
    const { network, cidrs = [network.cidr], certificateArn } = this.props;
    const group = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: network.vpc,
      description: 'Load balancer of the EKS cluster',
      allowAllOutbound: false,
    });
    for (const cidr of cidrs) {
      for (const port of certificateArn ? [ec2.Port.HTTP, ec2.Port.HTTPS] : [ec2.Port.HTTP]) {
        group.addIngressRule(ec2.Peer.ipv4(cidr), port, 'Clients');
      }
    }
    return group;
  }

  /** One in each zone: a load balancer accepts no second, which an existing VPC may have. */
  private subnets(): ec2.SubnetSelection {
    const { scheme, network } = this.props;
    if (scheme === 'internal') {
      return { ...network.privateSubnets, onePerAz: true };
    }
    const zones = new Set(network.vpc.publicSubnets.map(({ availabilityZone }) => availabilityZone));
    if (zones.size < 2) {
      throw new UserError([
        `ingress "public": the VPC has public subnets in ${zones.size} availability zones, and a load balancer requires two. Add public subnets, or set ingress to internal`,
      ]);
    }
    return { subnetType: ec2.SubnetType.PUBLIC, onePerAz: true };
  }

  private acknowledgeFindings(): void {
    const { cidrs = [], certificateArn, deletionProtection } = this.props;
    const accessLogs =
      'Access logs go to a bucket that outlives the stack, which has none. The flow logs of the VPC have every connection.';
    const withoutTls =
      'Chosen by the settings, which refuse it for much of the internet: set ingressCertificateArn.';
    const loadBalancer = ['LoadBalancer/Resource'];
    const http = ['LoadBalancer/Http/Resource'];
    acknowledge(this, [
      { id: 'AwsSolutions-ELB2', reason: accessLogs, at: loadBalancer },
      { id: 'NIST.800.53.R5-ELBLoggingEnabled', reason: accessLogs, at: loadBalancer },
      {
        id: 'NIST.800.53.R5-ALBWAFEnabled',
        reason:
          'A web ACL is about the application behind it. A fork associates its own with the load balancer.',
        at: loadBalancer,
      },
      {
        id: 'NIST.800.53.R5-ELBDeletionProtectionEnabled',
        reason: 'Follows the setting deletionProtection, as the cluster does.',
        at: deletionProtection ? [] : loadBalancer,
      },
      {
        id: 'NIST.800.53.R5-ALBHttpToHttpsRedirection',
        reason: withoutTls,
        at: certificateArn ? [] : http,
      },
      {
        id: 'NIST.800.53.R5-ELBv2ACMCertificateRequired',
        reason: certificateArn
          ? 'This listener answers with the redirect to HTTPS, and nothing else.'
          : withoutTls,
        at: http,
      },
      {
        id: 'AwsSolutions-EC23',
        reason: 'The setting ingressCidrs opens it to everybody, which a public one may with HTTPS only.',
        at: cidrs.some((cidr) => cidr.endsWith('/0')) ? ['SecurityGroup/Resource'] : [],
      },
    ]);
  }
}
