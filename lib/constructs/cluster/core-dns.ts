import * as eks from 'aws-cdk-lib/aws-eks-v2';
import type { Construct } from 'constructs';
import type { FargateProfile } from '../../fargate/sizing/profile';
import type { FargatePlan } from '../../synthesis/fargate-plan';
import { markChecked } from '../../synthesis/unchecked-resources';
import type { KubeProxy } from './kube-proxy';
import { predictedDeployment } from './predicted-deployment';

/** The label of the CoreDNS pods, which EKS sets. */
const podLabels = { 'k8s-app': 'kube-dns' } as const;

/** Two replicas of 256M each, which with Fargate's own 256 MiB fill the smallest size. */
const replicas = 2;
const resources = {
  requests: { cpu: '0.25', memory: '256M' },
  limits: { cpu: '0.25', memory: '256M' },
} as const;

/** The Fargate profile of CoreDNS, and of no other pod in `kube-system`. */
export const systemProfile: FargateProfile = {
  name: 'system-profile',
  selectors: [{ namespace: 'kube-system', labels: podLabels }],
};

export interface CoreDnsProps {
  /** The cluster that resolves names with it. */
  readonly cluster: eks.Cluster;
  /** The plan of that cluster. */
  readonly plan: FargatePlan;
  /** Through which its pods reach the API server. */
  readonly kubeProxy: KubeProxy;
}

/** CoreDNS as the EKS add-on, on Fargate. */
export class CoreDns extends eks.Addon {
  constructor(scope: Construct, id: string, { cluster, plan, kubeProxy }: CoreDnsProps) {
    super(scope, id, {
      cluster,
      addonName: 'coredns',
      configurationValues: { computeType: 'Fargate', replicaCount: replicas, resources },
      // There is nothing left to serve names to when it goes.
      preserveOnDelete: false,
    });
    this.node.addDependency(kubeProxy);
    // EKS applies it, so it is only predicted here: that a profile selects it, and its size.
    plan.addObjects(this, {
      appliedBy: 'eks',
      objects: [
        predictedDeployment({
          name: 'coredns',
          namespace: 'kube-system',
          replicas,
          podLabels,
          container: { name: 'coredns', resources },
        }),
      ],
    });
    markChecked(this);
  }
}
