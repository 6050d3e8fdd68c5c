import * as eks from 'aws-cdk-lib/aws-eks-v2';
import type { Construct } from 'constructs';
import { markChecked } from '../../synthesis/unchecked-resources';

export interface KubeProxyProps {
  /** The cluster that gets the add-on. */
  readonly cluster: eks.Cluster;
}

/**
 * kube-proxy as the EKS add-on: a DaemonSet that finds no node here, so no pod comes of it.
 *
 * Fargate runs a kube-proxy of its own on each node. Whether the control plane or this add-on makes the RBAC binding that
 * it logs in with is documented nowhere (docs/decisions/kube-proxy-add-on.md).
 */
export class KubeProxy extends eks.Addon {
  constructor(scope: Construct, id: string, { cluster }: KubeProxyProps) {
    super(scope, id, { cluster, addonName: 'kube-proxy', preserveOnDelete: false });
    markChecked(this);
  }
}
