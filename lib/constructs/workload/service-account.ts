import type * as iam from 'aws-cdk-lib/aws-iam';
import * as cdk8s from 'cdk8s';
import { Construct } from 'constructs';
import { ServiceAccountChart } from '../../../charts/service-account-chart';
import { acknowledge, inlinePolicy } from '../../synthesis/acknowledge';
import type { FargatePlan } from '../../synthesis/fargate-plan';
import type { FargateOnlyCluster } from '../cluster/fargate-only-cluster';
import { CheckedManifest } from './checked-manifest';
import { ServiceAccountRole } from './service-account-role';
import { warnOfUnreachableServices } from './unreachable-services';

/** Grants permissions in AWS, with the methods of the CDK: `(pods) => table.grantReadWriteData(pods)`. */
export type Permissions = (pods: iam.IGrantable) => void;

export interface ServiceAccountProps {
  /** The cluster of the pods. */
  readonly cluster: FargateOnlyCluster;
  /** Namespace of the pods. */
  readonly namespace: string;
  /** Name of the ServiceAccount. */
  readonly name: string;
  /** What its pods may do in AWS. */
  readonly permissions: Permissions;
  /**
   * Whether its pods get a token for the Kubernetes API, too.
   *
   * @default false
   */
  readonly kubernetesApi?: boolean;
}

/** A Kubernetes ServiceAccount with an IAM role. What depends on it waits for the permissions too. */
export class ServiceAccount extends Construct implements iam.IGrantable {
  /** Its role, for further grants. */
  readonly grantPrincipal: iam.IPrincipal;
  /** Applies the ServiceAccount. */
  readonly manifest: CheckedManifest;

  constructor(scope: Construct, id: string, props: ServiceAccountProps) {
    super(scope, id);

    const { cluster, namespace, name } = props;
    const role = new ServiceAccountRole(this, 'Role', { cluster, namespace, serviceAccount: name });
    this.grantPrincipal = role;
    props.permissions(this);
    acknowledge(role, [{ ...inlinePolicy, at: ['DefaultPolicy/Resource'] }]);
    this.manifest = new CheckedManifest(this, 'Manifest', {
      cluster,
      chart: new ServiceAccountChart(new cdk8s.App(), 'service-account', {
        namespace,
        name,
        roleArn: role.roleArn,
        kubernetesApi: props.kubernetesApi ?? false,
      }),
    });
    if (!cluster.plan.internet) {
      warnOfUnreachableServices(this, `ServiceAccount ${namespace}/${name}`, cluster.cluster.vpc);
    }
    this.node.addValidation({ validate: () => withoutPods(cluster.plan, namespace, name) });
  }
}

/** By the text of the objects: a custom resource may have its pod template anywhere. A SecretStore has others run as it. */
function withoutPods(plan: FargatePlan, namespace: string, name: string): string[] {
  const uses = ['"serviceAccountName":', '"serviceAccountRef":{"name":'].map(
    (key) => `${key}${JSON.stringify(name)}`,
  );
  const used = plan.objectsIn(namespace).some((object) => {
    const text = JSON.stringify(object);
    return uses.some((use) => text.includes(use));
  });
  return used
    ? []
    : [
        `ServiceAccount ${namespace}/${name}: has permissions in AWS, but no pod runs as it, so no pod gets them. Set serviceAccountName: ${name} in the spec of the pod template, or remove the permissions.`,
      ];
}
