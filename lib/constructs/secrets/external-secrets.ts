import { Construct } from 'constructs';
import type { FargateOnlyCluster } from '../cluster/fargate-only-cluster';
import type { Network } from '../network/network';
import { ExternalSecretsOperator } from './external-secrets-operator';
import { WorkloadSecrets, type ProvidedSecrets } from './workload-secrets';

export interface ExternalSecretsProps {
  /** The cluster of the pods. */
  readonly cluster: FargateOnlyCluster;
  /** The network of the cluster. */
  readonly network: Network;
}

/** Gives pods what AWS Secrets Manager holds, as Kubernetes Secrets. The CSI driver for it does not run on Fargate. */
export class ExternalSecrets extends Construct {
  private readonly operator: ExternalSecretsOperator;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ExternalSecretsProps,
  ) {
    super(scope, id);

    const { cluster, network } = props;
    this.operator = new ExternalSecretsOperator(this, 'Operator', { cluster });
    network.endpoints?.addFor('externalSecrets');
  }

  /** Makes Kubernetes Secrets in the namespace of a workload, before its pods. Call it once for each workload. */
  provide(id: string, provided: ProvidedSecrets): void {
    new WorkloadSecrets(this, id, {
      ...provided,
      cluster: this.props.cluster,
      operator: this.operator,
    });
  }
}
