import * as eks from 'aws-cdk-lib/aws-eks-v2';
import type { Construct } from 'constructs';
import type { FargateProfile } from '../../fargate/sizing/profile';
import { markChecked } from '../../synthesis/unchecked-resources';
import type { FargateOnlyCluster } from '../cluster/fargate-only-cluster';
import { predictedDeployment } from '../cluster/predicted-deployment';

/** The label of its pods, which EKS sets. */
const podLabels = { 'app.kubernetes.io/name': 'metrics-server' } as const;

const profile: FargateProfile = {
  name: 'metrics-server-profile',
  selectors: [{ namespace: 'kube-system', labels: podLabels }],
};

export interface MetricsServerProps {
  /** The cluster whose pods it measures. */
  readonly cluster: FargateOnlyCluster;
}

/**
 * metrics-server as the EKS add-on: how much CPU and memory each pod uses, by which a HorizontalPodAutoscaler scales.
 * The add-on listens on port 10251: 10250, the default elsewhere, is taken by the kubelet of a Fargate node.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/metrics-server.html
 */
export class MetricsServer extends eks.Addon {
  constructor(scope: Construct, id: string, { cluster }: MetricsServerProps) {
    cluster.addProfile('MetricsServerProfile', profile);
    super(scope, id, { cluster: cluster.cluster, addonName: 'metrics-server', preserveOnDelete: false });
    cluster.podPrerequisites.precede(this);
    // EKS applies it, so it is only predicted: two pods, as seen of the add-on's versions 0.8.0 and 0.9.0.
    cluster.plan.addObjects(this, {
      appliedBy: 'eks',
      objects: [
        predictedDeployment({
          name: 'metrics-server',
          namespace: 'kube-system',
          replicas: 2,
          podLabels,
          container: {
            name: 'metrics-server',
            resources: { requests: { cpu: '100m', memory: '200Mi' } },
            ports: [10_251],
          },
        }),
      ],
    });
    markChecked(this);
  }
}
