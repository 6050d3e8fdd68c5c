import { Annotations, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { PolicyStatement, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnSecret, type ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import * as cdk8s from 'cdk8s';
import { Construct } from 'constructs';
import { ExternalSecretChart } from '../../../charts/external-secret-chart';
import { SecretStoreChart } from '../../../charts/secret-store-chart';
import type { FargateOnlyCluster } from '../cluster/fargate-only-cluster';
import { CheckedManifest } from '../workload/checked-manifest';
import type { FargateWorkload } from '../workload/fargate-workload';
import { ServiceAccount } from '../workload/service-account';
import type { ExternalSecretsOperator } from './external-secrets-operator';
import { quote } from '../../wording';
import { unreadSecret } from './unread-secret';

/** Name of the ServiceAccount that External Secrets reads with. No pod runs as it. */
const reader = 'external-secrets-reader';
/** Name of the SecretStore. */
const store = 'aws-secrets-manager';

/** Which secrets a workload gets. */
export interface ProvidedSecrets {
  /** The workload whose pods read them. */
  readonly workload: FargateWorkload;
  /**
   * Secrets in AWS Secrets Manager, by the name of the Kubernetes Secret that is made of each. A secret is a JSON object;
   * its fields become the keys. One that is encrypted with a KMS key of your own is imported with its `encryptionKey`:
   * otherwise the role may not use the key.
   */
  readonly secrets: Readonly<Record<string, ISecret>>;
}

export interface WorkloadSecretsProps extends ProvidedSecrets {
  /** The cluster of the workload. */
  readonly cluster: FargateOnlyCluster;
  /** Makes the Secrets. */
  readonly operator: ExternalSecretsOperator;
}

/** The Kubernetes Secrets of one namespace, with a role that may read their originals and nothing else. */
export class WorkloadSecrets extends Construct {
  constructor(scope: Construct, id: string, { cluster, operator, workload, secrets }: WorkloadSecretsProps) {
    super(scope, id);

    const { namespace } = workload;
    const account = new ServiceAccount(this, 'ServiceAccount', {
      cluster,
      namespace,
      name: reader,
      permissions: (operatorPods) => {
        for (const secret of Object.values(secrets)) {
          secret.grantRead(operatorPods);
          allowImportedKey(secret, operatorPods);
        }
      },
    });
    workload.startAfter(account.manifest);
    const storeManifest = new CheckedManifest(this, 'Store', {
      cluster,
      chart: new SecretStoreChart(new cdk8s.App(), 'secret-store', {
        namespace,
        name: store,
        region: Stack.of(this).region,
        serviceAccount: reader,
      }),
    });
    // Deleted before the operator, too: it has put a finalizer on what it works on.
    storeManifest.node.addDependency(account, operator);
    workload.startAfter(storeManifest);
    for (const [name, secret] of Object.entries(secrets)) {
      // Each on its own: kubectl apply --prune would not delete an ExternalSecret that left its manifest. And not pruned:
      // External Secrets copies its labels to the Secret, which kubectl would take for an object that left the manifest.
      const manifest = new CheckedManifest(this, `Secret-${name}`, {
        cluster,
        chart: new ExternalSecretChart(new cdk8s.App(), 'external-secret', {
          namespace,
          name,
          store,
          secretArn: secret.secretArn,
        }),
        prune: false,
      });
      manifest.node.addDependency(storeManifest);
      workload.startAfter(manifest);
      manifest.node.addValidation({
        validate: () => [
          ...unreadSecret(cluster.plan, namespace, name),
          ...inAnotherRegion(secret, Stack.of(this).region, `${namespace}/${name}`),
        ],
      });
      if (isText(secret)) {
        Annotations.of(manifest).addWarningV2(
          'eks-fargate:secret-is-text',
          `Secret ${namespace}/${name}: Secrets Manager generates a text, and External Secrets reads the keys of the Secret from a JSON object. Set secretStringTemplate: '{}' and generateStringKey: 'password' in generateSecretString of the secret, or acknowledge this if you replace the value by a JSON object.`,
        );
      }
    }
  }
}

/** Of a key that was imported, `grantRead` changes the policy of the key only, and CDK cannot: nothing would be allowed. */
function allowImportedKey({ encryptionKey, env }: ISecret, pods: IGrantable): void {
  if (encryptionKey === undefined || encryptionKey instanceof Key) {
    return;
  }
  pods.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: [encryptionKey.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `secretsmanager.${env.region}.amazonaws.com` } },
    }),
  );
}

/** What is wrong with a secret that the store cannot find: it asks Secrets Manager in the region of the stack. */
function inAnotherRegion({ secretArn, env }: ISecret, region: string, name: string): string[] {
  return Token.compareStrings(env.region, region) === TokenComparison.DIFFERENT
    ? [
        `Secret ${name}: its secret ${quote(secretArn)} is in ${env.region}, and the pods read from ${region}, the region of the stack: replicate it (aws secretsmanager replicate-secret-to-regions), and name the replica.`,
      ]
    : [];
}

/** Whether CloudFormation generates a value that is not the field of a JSON object. */
function isText({ node: { defaultChild } }: ISecret): boolean {
  if (!(defaultChild instanceof CfnSecret)) {
    return false;
  }
  const generated = Stack.of(defaultChild).resolve(defaultChild.generateSecretString) as
    | CfnSecret.GenerateSecretStringProperty
    | undefined;
  return generated !== undefined && generated.generateStringKey === undefined;
}
