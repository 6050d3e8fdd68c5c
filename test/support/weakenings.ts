import { AspectPriority, Aspects, CfnResource } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';
import type { ClusterStack } from '../../lib/stack/cluster-stack';

/** The resources of one type under a construct. */
function resources(scope: IConstruct, type: string): CfnResource[] {
  return scope.node
    .findAll()
    .filter((construct) => CfnResource.isCfnResource(construct))
    .filter(({ cfnResourceType }) => cfnResourceType === type);
}

function resource(scope: IConstruct, type: string): CfnResource {
  const [first] = resources(scope, type);
  if (!first) {
    throw new Error(`no ${type} under ${scope.node.path}`);
  }
  return first;
}

function remove(scope: IConstruct, type: string): void {
  for (const { node } of resources(scope, type)) {
    node.scope!.node.tryRemoveChild(node.id);
  }
}

export const cluster = (stack: ClusterStack) => resource(stack, 'AWS::EKS::Cluster');
const podLogs = (stack: ClusterStack) => resource(stack.node.findChild('PodLogs'), 'AWS::Logs::LogGroup');

const kubectlHandler = (stack: ClusterStack) =>
  resource(
    stack.cluster.cluster.node.findChild('KubectlProvider').node.findChild('Handler'),
    'AWS::Lambda::Function',
  );

/** A role that pods may assume under some conditions. */
function trust(stack: ClusterStack, id: string, conditions: Readonly<Record<string, string>>): iam.CfnRole {
  const provider = stack.cluster.cluster.openIdConnectProvider.openIdConnectProviderArn;
  const role = new iam.Role(stack, id, {
    assumedBy: new iam.WebIdentityPrincipal(provider, { StringEquals: conditions }),
  });
  return role.node.defaultChild as iam.CfnRole;
}

/** For each rule of lib/synthesis/guard-rules: how a fork might weaken the stack, where it is told so, and how. */
export const weakenings: ReadonlyArray<
  readonly [rule: string, weaken: (stack: ClusterStack) => void, where: string, message: string]
> = [
  [
    'eks_private_endpoint',
    (stack) => cluster(stack).addPropertyOverride('ResourcesVpcConfig.EndpointPrivateAccess', false),
    'Cluster/Resource/Resource',
    'ResourcesVpcConfig.EndpointPrivateAccess: the API server has no private endpoint, through which pods and the kubectl handler reach it. Set EndpointPrivateAccess to true.',
  ],
  [
    'eks_public_endpoint',
    (stack) => cluster(stack).addPropertyOverride('ResourcesVpcConfig.EndpointPublicAccess', true),
    'Cluster/Resource/Resource',
    'ResourcesVpcConfig: the public endpoint has no list of ranges, which EKS takes for 0.0.0.0/0. Give the ranges in the setting apiAccessCidrs, or set EndpointPublicAccess to false.',
  ],
  [
    'eks_public_access_cidrs',
    (stack) => cluster(stack).addPropertyDeletionOverride('ResourcesVpcConfig.PublicAccessCidrs'),
    'Cluster/Resource/Resource',
    'ResourcesVpcConfig: the ranges of the public endpoint are left out. Once a template had them, an update without them fails, and the endpoint stays open (https://github.com/aws/aws-cdk/issues/37926). Write PublicAccessCidrs, as an empty list where there are none.',
  ],
  [
    'eks_control_plane_logs',
    (stack) =>
      cluster(stack).addPropertyOverride(
        'Logging.ClusterLogging.EnabledTypes',
        ['api', 'audit', 'authenticator', 'scheduler'].map((Type) => ({ Type })),
      ),
    'Cluster/Resource/Resource',
    'Logging.ClusterLogging.EnabledTypes: not every type of control-plane log is on. Enable all five: api, audit, authenticator, controllerManager, scheduler.',
  ],
  [
    'eks_secrets_encryption',
    (stack) => cluster(stack).addPropertyDeletionOverride('EncryptionConfig'),
    'Cluster/Resource/Resource',
    'Properties: Kubernetes Secrets are not encrypted with a key of this account. Give the cluster a secretsEncryptionKey.',
  ],
  [
    'eks_authentication_mode',
    (stack) => cluster(stack).addPropertyOverride('AccessConfig.AuthenticationMode', 'API_AND_CONFIG_MAP'),
    'Cluster/Resource/Resource',
    'AccessConfig.AuthenticationMode: the authentication mode is not API, so that the ConfigMap aws-auth grants access unseen by IAM. Set AuthenticationMode to API and use access entries.',
  ],
  [
    'eks_no_creator_admin',
    (stack) =>
      cluster(stack).addPropertyOverride('AccessConfig.BootstrapClusterCreatorAdminPermissions', true),
    'Cluster/Resource/Resource',
    'AccessConfig.BootstrapClusterCreatorAdminPermissions: whoever creates the cluster becomes its administrator for ever, without an access entry in the template. Set BootstrapClusterCreatorAdminPermissions to false and use the setting clusterAdminArns.',
  ],
  [
    'eks_upgrade_policy',
    (stack) => cluster(stack).addPropertyOverride('UpgradePolicy.SupportType', 'EXTENDED'),
    'Cluster/Resource/Resource',
    'UpgradePolicy.SupportType: the upgrade policy is not STANDARD, so that an old version runs on in extended support at six times the price. Set UpgradePolicy.SupportType to STANDARD.',
  ],
  [
    'fargate_role_source_arn',
    (stack) =>
      resource(stack.cluster.node.findChild('WebProfileRole'), 'AWS::IAM::Role').addPropertyDeletionOverride(
        'AssumeRolePolicyDocument.Statement.0.Condition',
      ),
    'Cluster/WebProfileRole/Resource',
    "AssumeRolePolicyDocument.Statement.0: any cluster of any account can have Fargate use this role (confused deputy). Add the condition ArnLike aws:SourceArn with the ARN of the cluster's Fargate profiles, as lib/constructs/cluster/pod-execution-role.ts does.",
  ],
  [
    'fargate_private_subnets',
    (stack) =>
      resource(stack.cluster.node.findChild('WebProfile'), 'AWS::EKS::FargateProfile').addPropertyOverride(
        'Subnets',
        [stack.network.vpc.publicSubnets[0]!.subnetId],
      ),
    'Cluster/WebProfile/Resource',
    'Subnets.0.Ref: the profile has a public subnet, where Fargate runs no pod. Give the profile the private subnets only.',
  ],
  [
    'log_group_retention',
    (stack) => podLogs(stack).addPropertyDeletionOverride('RetentionInDays'),
    'PodLogs/Resource',
    'Properties: the log group keeps its logs for ever. Set RetentionInDays, or use EncryptedLogGroup.',
  ],
  [
    'log_group_encryption',
    (stack) => podLogs(stack).addPropertyDeletionOverride('KmsKeyId'),
    'PodLogs/Resource',
    "Properties: the log group is not encrypted with the stack's key. Set KmsKeyId, or use EncryptedLogGroup.",
  ],
  [
    'kms_key_rotation',
    (stack) => resource(stack, 'AWS::KMS::Key').addPropertyOverride('EnableKeyRotation', false),
    'EncryptionKey/Resource',
    'EnableKeyRotation: the key is never rotated. Set EnableKeyRotation to true.',
  ],
  [
    'vpc_flow_logs',
    (stack) => resource(stack, 'AWS::EC2::FlowLog').addPropertyOverride('TrafficType', 'REJECT'),
    '',
    'the VPC has no flow log of all traffic. Add one with vpc.addFlowLog, as lib/constructs/network/network.ts does.',
  ],
  [
    'vpc_default_security_group',
    (stack) => remove(stack, 'Custom::VpcRestrictDefaultSG'),
    '',
    'the default security group of the VPC lets its members talk to each other and to everybody. Set restrictDefaultSecurityGroup to true.',
  ],
  [
    'sns_topic_encryption',
    (stack) => new sns.Topic(stack, 'OpenTopic'),
    'OpenTopic/Resource',
    'the topic keeps its messages unencrypted. Set KmsMasterKeyId, as lib/constructs/alarms/cluster-alarms.ts does.',
  ],
  [
    'endpoint_private_dns',
    (stack) =>
      stack.network.vpc.addInterfaceEndpoint('Sqs', {
        service: ec2.InterfaceVpcEndpointAwsService.SQS,
        privateDnsEnabled: false,
      }),
    'Network/Vpc/Sqs/Resource',
    'PrivateDnsEnabled: the endpoint has no private DNS name, and programs call the public address past it. Set PrivateDnsEnabled to true.',
  ],
  [
    'manifest_validation',
    (stack) =>
      resource(stack, 'Custom::AWSCDK-EKS-KubernetesResource').addPropertyOverride('SkipValidation', true),
    'PodLogging/Manifest/Resource/Resource/Default',
    'SkipValidation: kubectl does not validate the manifest, and a misspelt field would be dropped in silence. Leave skipValidation out.',
  ],
  [
    'manifest_overwrite',
    (stack) =>
      resource(stack, 'Custom::AWSCDK-EKS-KubernetesResource').addPropertyOverride('Overwrite', false),
    'PodLogging/Manifest/Resource/Resource/Default',
    'Overwrite: the manifest cannot be applied over an object that is there, as after a rollback. Use CheckedManifest, and for cluster.addServiceAccount the permissions of FargateWorkload; or set overwrite to true.',
  ],
  [
    'web_identity_subject',
    (stack) => trust(stack, 'OpenTrust', {}),
    'OpenTrust/Resource',
    'AssumeRolePolicyDocument.Statement.0.Action: pods that are not meant may assume the role. Add the conditions sub (namespace and ServiceAccount) and aud, or use permissions of FargateWorkload.',
  ],
  [
    'secrets_by_name',
    (stack) =>
      new iam.Policy(stack, 'AllSecrets', {
        roles: [
          new iam.Role(stack, 'SecretsReader', {
            assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
          }),
        ],
        statements: [
          new iam.PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: ['*'] }),
        ],
      }),
    'AllSecrets/Resource',
    'PolicyDocument.Statement.0.Action: the role may read every secret of the account. Name them, as secret.grantRead does.',
  ],
  [
    'web_identity_subject_in_text',
    (stack) => {
      const issuer = stack.cluster.cluster.openIdConnectProvider.openIdConnectProviderIssuer;
      const role = trust(stack, 'OpenTextTrust', { [`${issuer}:aud`]: 'sts.amazonaws.com' });
      role.assumeRolePolicyDocument = stack.toJsonString(role.assumeRolePolicyDocument);
    },
    'OpenTextTrust/Resource',
    'AssumeRolePolicyDocument: pods that are not meant may assume the role. Add the conditions sub (namespace and ServiceAccount) and aud, or use permissions of FargateWorkload.',
  ],
  [
    'role_account_trust',
    (stack) => new iam.Role(stack, 'AccountTrust', { assumedBy: new iam.AccountRootPrincipal() }),
    'AccountTrust/Resource',
    'AssumeRolePolicyDocument.Statement.0.Principal.AWS.Fn::Join.1.4: everyone in the account whose policies allow sts:AssumeRole on all roles can assume this role (GHSA-rx28-r23p-2qc3). Name roles or users as principals, or add a condition.',
  ],
  [
    'kubectl_service_timeout',
    (stack) => {
      const applied = resource(stack, 'Custom::AWSCDK-EKS-KubernetesResource');
      // After the aspect that sets it on everything that is applied.
      Aspects.of(applied).add(
        { visit: () => applied.addPropertyDeletionOverride('ServiceTimeout') },
        { priority: AspectPriority.READONLY },
      );
    },
    'PodLogging/Manifest/Resource/Resource/Default',
    'Properties: CloudFormation waits an hour where no answer comes, and then does not say why. Set ServiceTimeout to some more than the 900 seconds of the functions, as lib/constructs/cluster/kubectl-handler.ts does.',
  ],
  [
    'kubectl_handler_timeout',
    (stack) => kubectlHandler(stack).addPropertyOverride('Timeout', 900),
    'Cluster/Resource/KubectlProvider/Handler/Resource',
    'Timeout: the kubectl handler may run as long as the function that calls it, which then cannot report its end. Set Timeout below 900 seconds.',
  ],
  [
    'kubectl_handler_role',
    (stack) =>
      resource(
        stack.cluster.node.findChild('KubectlHandler').node.findChild('Role'),
        'AWS::IAM::Role',
      ).addPropertyOverride('ManagedPolicyArns', [
        'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly',
      ]),
    'Cluster/KubectlHandler/Role/Resource',
    'ManagedPolicyArns: the kubectl handler has a policy of AWS that is wider than it needs: logs and network interfaces of the whole account, or every image. Write the permissions inline, as lib/constructs/cluster/kubectl-role.ts does.',
  ],
];
