import { CouldNotLook } from './could-not-look';

/** A deployed CheckoutStack: where it is, and its outputs. */
export interface DeployedStack {
  readonly name: string;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly clusterName: string;
  /** `aws eks update-kubeconfig …`, ready to paste. */
  readonly updateKubeconfigCommand: string;
  readonly profileName: string;
  readonly podExecutionRoleArn: string;
  readonly privateSubnetIds: readonly string[];
  readonly logGroupName: string;
  /** The variant that was deployed last. */
  readonly variant: string;
}

/** A stack as CloudFormation describes it. */
export interface StackDescription {
  /** `arn:aws:cloudformation:REGION:ACCOUNT:stack/NAME/ID` */
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/**
 * Reads the outputs of a stack.
 *
 * @throws CouldNotLook if an output is missing: a stack that failed to deploy has none
 */
export function readDeployedStack({ id, name, status, outputs }: StackDescription): DeployedStack {
  const output = (key: string): string => {
    const value = outputs[key];
    if (value === undefined || value === '') {
      throw new CouldNotLook(
        `stack ${name} has no output ${key}: its status is ${status}`,
        `Deploy it to the end: npx cdk deploy`,
      );
    }
    return value;
  };
  const [, partition = '', , region = '', account = ''] = id.split(':');
  return {
    name,
    partition,
    region,
    account,
    clusterName: output('ClusterName'),
    updateKubeconfigCommand: output('UpdateKubeconfigCommand'),
    profileName: output('FargateProfileName'),
    podExecutionRoleArn: output('PodExecutionRoleArn'),
    privateSubnetIds: output('PrivateSubnetIds').split(','),
    logGroupName: output('LogGroupName'),
    variant: output('Variant'),
  };
}
