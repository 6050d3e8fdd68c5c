import { Construct } from 'constructs';
import { copyOfImage } from '../../config/registry';
import type { Manifest } from '../../fargate/manifest/manifest';
import type { FargateProfile } from '../../fargate/sizing/profile';
import type { FargateOnlyCluster } from '../cluster/fargate-only-cluster';
import { predictedDeployment, smallestSize } from '../cluster/predicted-deployment';
import { customKind } from '../workload/custom-kind';
import { HelmRelease } from '../workload/helm-release';

/** Name of the Helm chart, of its release, and of the operator. */
const name = 'external-secrets';
const namespace = 'kube-system';
const version = '2.10.0';
const publishedImage = 'ghcr.io/external-secrets/external-secrets';

/** The label that all pods of the release have. */
const releaseLabels = { 'app.kubernetes.io/instance': name } as const;

const profile: FargateProfile = {
  name: 'external-secrets-profile',
  selectors: [{ namespace, labels: releaseLabels }],
};

/** The chart has 10250, which the kubelet of a Fargate node listens on. */
const webhookPort = 9443;

const kinds = [
  { kind: 'SecretStore', plural: 'secretstores' },
  { kind: 'ExternalSecret', plural: 'externalsecrets' },
].map((names) => customKind({ group: 'external-secrets.io', version: 'v1', ...names }));

/** A Deployment of the release. */
function deployment(container: string, image: string, suffix: string, ports: readonly number[]): Manifest {
  return predictedDeployment({
    name: `${name}${suffix}`,
    namespace,
    replicas: 1,
    podLabels: { ...releaseLabels, 'app.kubernetes.io/name': `${name}${suffix}` },
    container: { name: container, image: `${image}:v${version}`, resources: smallestSize, ports },
  });
}

export interface ExternalSecretsOperatorProps {
  /** The cluster to run in. */
  readonly cluster: FargateOnlyCluster;
}

/**
 * External Secrets, which makes Kubernetes Secrets of what AWS Secrets Manager holds. It has no IAM role: it reads with that of a
 * ServiceAccount in the namespace that a secret is for. The chart lets it request a token of every ServiceAccount.
 *
 * One pod each: while one is away, the Secrets that were made stay, and nothing but a change of them waits.
 *
 * @see https://external-secrets.io/latest/introduction/getting-started/
 */
export class ExternalSecretsOperator extends Construct {
  constructor(scope: Construct, id: string, { cluster }: ExternalSecretsOperatorProps) {
    super(scope, id);

    cluster.addProfile('ExternalSecretsProfile', profile);
    const { registry } = cluster;
    const repository = copyOfImage(publishedImage, registry);
    const image = registry && { image: { repository } };
    new HelmRelease(this, 'Chart', {
      cluster,
      chart: { repository: 'https://charts.external-secrets.io', name, version },
      namespace,
      values: {
        ...image,
        resources: smallestSize,
        webhook: { ...image, port: webhookPort, resources: smallestSize },
        certController: { ...image, resources: smallestSize },
        // A store of the whole cluster would lend the role of one namespace to all.
        processClusterStore: false,
        processClusterExternalSecret: false,
        // Nothing here writes into Secrets Manager.
        processPushSecret: false,
        processClusterPushSecret: false,
      },
    });
    // Helm applies them, so they are only predicted: https://github.com/external-secrets/external-secrets/tree/main/deploy/charts
    cluster.plan.addObjects(this, {
      appliedBy: 'helm',
      objects: [
        ...kinds,
        deployment('external-secrets', repository, '', [8080]),
        deployment('webhook', repository, '-webhook', [8080, webhookPort]),
        deployment('cert-controller', repository, '-cert-controller', [8080]),
      ],
    });
  }
}
