import { CfnOutput, type Stack } from 'aws-cdk-lib';

/** What each output of the stack tells. The names are a contract with `npm run verify` and with scripts of a fork. */
const descriptions = {
  ClusterName: 'Name of the EKS cluster',
  UpdateKubeconfigCommand: 'Adds the cluster to your kubeconfig',
  FargateProfileName: 'Fargate profile of the checkout service',
  PodExecutionRoleArn: 'Pod execution role of that profile',
  ApiSecurityGroupId: 'Security group of the API server: admit people and pipelines in the VPC there',
  PrivateSubnetIds: 'Subnets that pods run in',
  LogGroupName: 'Log group of the pods',
  ArgoCdUrl: 'User interface of Argo CD',
  IngressUrl: 'Address of the load balancer',
  Variant: 'Step of the lab',
} as const;

/** Name of an output. */
export type StackOutput = keyof typeof descriptions;

/** Adds outputs to a stack. */
export function addOutputs(stack: Stack, values: Readonly<Partial<Record<StackOutput, string>>>): void {
  for (const [name, value] of Object.entries(values)) {
    new CfnOutput(stack, name, { description: descriptions[name as StackOutput], value });
  }
}
