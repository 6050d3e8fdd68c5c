import { Annotations, Aspects, CfnResource, Stage } from 'aws-cdk-lib';
import { AlbController, ServiceAccount } from 'aws-cdk-lib/aws-eks-v2';
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

/** Of constructs of the CDK for which there is a block here. */
function blockFor(construct: IConstruct): Warning | undefined {
  if (construct instanceof AlbController) {
    return {
      id: 'unchecked-manifest',
      message:
        'installs the AWS Load Balancer Controller, whose pods no profile selects: the deploy would wait for them 15 minutes, and fail. Use the setting ingress instead (docs/ingress.md).',
    };
  }
  if (construct instanceof ServiceAccount) {
    return {
      id: 'unchecked-manifest',
      message:
        'makes an IAM role for a ServiceAccount, and nothing checks that a pod runs as it. Use permissions of FargateWorkload instead (docs/iam-for-a-workload.md).',
    };
  }
  return undefined;
}

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
      'gives a pod on Fargate no credentials: EKS Pod Identity does not work there. Use permissions of FargateWorkload instead (docs/iam-for-a-workload.md).',
  },
};

/**
 * Warns of what reaches a cluster past the Fargate rules: `cluster.addManifest`, `addHelmChart`, an add-on, a
 * profile that was not added through the cluster, and the like.
 *
 * A warning, because some of it is sound, such as a Helm chart that `npm run preflight` has judged. Acknowledge it there by its id, such as `eks-fargate:unchecked-manifest`.
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
      const { scopes } = node.node;
      const byType = warnings[node.cfnResourceType];
      if (!byType || scopes.some((construct) => checked.has(construct))) {
        return;
      }
      // On what the author of the app wrote, and not on the resource inside it.
      const written =
        scopes.find(blockFor) ??
        scopes.findLast(({ node: { id } }) => id !== 'Resource' && id !== 'Default')!;
      const { id, message } = blockFor(written) ?? byType;
      Annotations.of(written).addWarningV2(`eks-fargate:${id}`, `${written.node.path} ${message}`);
    },
  });
}
