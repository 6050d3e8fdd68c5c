import { App } from 'aws-cdk-lib';
import { CheckoutStack } from '../lib/checkout-stack';
import { parseConfig, stackName } from '../lib/config';
import { UserError } from '../lib/user-error';

try {
  const app = new App();
  const config = parseConfig(app.node.getAllContext());
  new CheckoutStack(app, stackName, {
    config,
    description: 'EKS Workshop checkout service on Amazon EKS with AWS Fargate',
    // Looking up an existing VPC takes an account and a region; all else deploys anywhere.
    env: config.vpcId
      ? { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION }
      : undefined,
  });
  app.synth();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exit(1);
}
