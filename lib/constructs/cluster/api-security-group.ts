import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';

export interface ApiSecurityGroupProps {
  /** The VPC of the cluster. */
  readonly vpc: ec2.IVpc;
  /** The group of the kubectl handler, which calls the API server. */
  readonly handler: ec2.ISecurityGroup;
}

/** The security group of the API server alone, in addition to the one that EKS makes for control plane and pods. */
export class ApiSecurityGroup extends ec2.SecurityGroup {
  constructor(scope: Construct, id: string, { vpc, handler }: ApiSecurityGroupProps) {
    super(scope, id, { vpc, description: 'API server of the EKS cluster', allowAllOutbound: false });
    this.addIngressRule(handler, ec2.Port.HTTPS, 'kubectl handler');
  }
}
