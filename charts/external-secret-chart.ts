import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';

export interface ExternalSecretChartProps {
  /** Namespace of the pods. */
  readonly namespace: string;
  /** Name of the Kubernetes Secret. */
  readonly name: string;
  /** The SecretStore of the namespace. */
  readonly store: string;
  /** ARN of the secret in AWS Secrets Manager, which is a JSON object. */
  readonly secretArn: string;
}

/**
 * Has External Secrets make a Kubernetes Secret of its name: a key for each field of a secret in AWS.
 *
 * @see https://external-secrets.io/latest/api/externalsecret/
 */
export class ExternalSecretChart extends Chart {
  constructor(scope: Construct, id: string, props: ExternalSecretChartProps) {
    super(scope, id, { namespace: props.namespace });

    // A custom resource, for which cdk8s-plus has no class.
    new ApiObject(this, 'ExternalSecret', {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: props.name },
      spec: {
        refreshInterval: '1h0m0s',
        secretStoreRef: { kind: 'SecretStore', name: props.store },
        dataFrom: [{ extract: { key: props.secretArn } }],
      },
    });
  }
}
