import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';

export interface SecretStoreChartProps {
  /** Namespace of the store. Only ExternalSecrets in it can use the store. */
  readonly namespace: string;
  /** Name of the store. */
  readonly name: string;
  /** Region of the secrets. */
  readonly region: string;
  /** ServiceAccount of the namespace, whose IAM role reads them. */
  readonly serviceAccount: string;
}

/**
 * AWS Secrets Manager, seen from one namespace of a cluster with External Secrets.
 *
 * @see https://external-secrets.io/latest/provider/aws-secrets-manager/
 */
export class SecretStoreChart extends Chart {
  constructor(scope: Construct, id: string, props: SecretStoreChartProps) {
    super(scope, id, { namespace: props.namespace });

    // A custom resource, for which cdk8s-plus has no class.
    new ApiObject(this, 'SecretStore', {
      apiVersion: 'external-secrets.io/v1',
      kind: 'SecretStore',
      metadata: { name: props.name },
      spec: {
        provider: {
          aws: {
            service: 'SecretsManager',
            region: props.region,
            auth: { jwt: { serviceAccountRef: { name: props.serviceAccount } } },
          },
        },
      },
    });
  }
}
