import { Annotations, Aspects, CfnResource, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Constructs whose resources the Fargate checks know. */
const checked = new WeakSet<IConstruct>();

/** Says that the Fargate checks know what a construct brings to its cluster: no warning of it. */
export function markChecked(construct: IConstruct): void {
  checked.add(construct);
}

/** What is said of a resource that the checks do not know. */
interface Warning {
  /** Its id is `eks-fargate:<id>`. */
  readonly id: string;
  readonly message: string;
}

const uncheckedManifest: Warning = {
  id: 'unchecked-manifest',
  message:
    'is applied without the Fargate checks. Apply a chart with CheckedManifest, or check it with npm run preflight -- --file and acknowledge this.',
};

/** By type of resource. */
const warnings: Readonly<Record<string, Warning>> = {
  'Custom::AWSCDK-EKS-KubernetesResource': uncheckedManifest,
  'Custom::AWSCDK-EKS-HelmChart': uncheckedManifest,
  'Custom::AWSCDK-EKS-KubernetesPatch': {
    id: 'unchecked-patch',
    message:
      'changes an object after the Fargate checks. Write the change into the chart of the object, or acknowledge this.',
  },
  'AWS::EKS::Addon': {
    id: 'unchecked-addon',
    message:
      'brings pods that the Fargate checks do not know. Where no profile takes them the add-on never becomes active, and the deploy fails: add a profile for them (FargateOnlyCluster.addProfile), and acknowledge this.',
  },
  'AWS::EKS::FargateProfile': {
    id: 'unchecked-profile',
    message: 'is a profile that the Fargate checks do not know. Add it with FargateOnlyCluster.addProfile.',
  },
  'AWS::EKS::Nodegroup': {
    id: 'ec2-nodes',
    message:
      'makes EC2 nodes, and the Fargate checks take every pod for one on Fargate. Remove it, or acknowledge this.',
  },
  // https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
  'AWS::EKS::PodIdentityAssociation': {
    id: 'pod-identity',
    message:
      'gives a pod on Fargate no credentials: EKS Pod Identity does not work there. Use an IAM role for service accounts (IdentityType.IRSA).',
  },
};

/**
 * Warns of what reaches a cluster past the Fargate rules: `cluster.addManifest`, `addHelmChart`, an add-on, a
 * profile that was not added through the cluster, and the like.
 *
 * A warning, because some of it is sound: the ServiceAccount that `addServiceAccount` makes, or a Helm chart
 * that `npm run preflight` has judged. Acknowledge it there by its id, such as `eks-fargate:unchecked-manifest`.
 *
 * @param scope any construct of the app: a resource of another stack reaches the cluster as well.
 */
export function warnOfUncheckedResources(scope: IConstruct): void {
  // Aspects of the app do not reach into a stage of it.
  Aspects.of(Stage.of(scope) ?? scope.node.root).add({
    visit: (node) => {
      if (!CfnResource.isCfnResource(node)) {
        return;
      }
      const warning = warnings[node.cfnResourceType];
      if (!warning || node.node.scopes.some((construct) => checked.has(construct))) {
        return;
      }
      // On what the author of the app wrote, and not on the resource inside it.
      const written = node.node.scopes.findLast(({ node: { id } }) => id !== 'Resource' && id !== 'Default')!;
      Annotations.of(written).addWarningV2(
        `eks-fargate:${warning.id}`,
        `${written.node.path} ${warning.message}`,
      );
    },
  });
}
