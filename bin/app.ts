import { rmSync } from 'node:fs';
import path from 'node:path';
import { App } from 'aws-cdk-lib';
import { cachedVpcLookup, type Environment } from '../lib/config/cached-vpc-lookup';
import { checkTemplates } from '../lib/synthesis/template-validation';
import { CheckoutStack } from '../lib/stack/checkout-stack';
import { parseConfig, stackName, type Config } from '../lib/config/settings';
import { UserError } from '../lib/user-error';

try {
  const app = new App();
  const config = parseConfig(app.node.getAllContext());
  const stack = new CheckoutStack(app, stackName, {
    config,
    description: 'EKS Workshop checkout service on Amazon EKS with AWS Fargate',
    env: environment(config, app.node.getAllContext()),
  });
  // CDK's own switch for its validation, which stops no plugin that was added.
  const check = process.env.CDK_VALIDATION === 'false' ? undefined : checkTemplates(app);
  // CDK leaves the report of an earlier synthesis where there is nothing to report, and the CLI would print it again.
  rmSync(path.join(app.outdir, 'validation-report.json'), { force: true });
  app.synth();
  check?.refuseUnchecked();
  for (const line of stack.cluster.plan.summary()) {
    console.error(line);
  }
} catch (error) {
  if (!isForTheUser(error)) {
    throw error;
  }
  console.error(error.message);
  process.exit(1);
}

/** The stack deploys anywhere, but an existing VPC is looked up in one account and region. */
function environment({ vpcId }: Config, context: Record<string, unknown>): Environment | undefined {
  if (vpcId === undefined) {
    return undefined;
  }
  const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = process.env;
  if (account && region) {
    return { account, region };
  }
  const cached = cachedVpcLookup(context, vpcId);
  if (cached) {
    return cached;
  }
  throw new UserError([
    `vpcId "${vpcId}" cannot be looked up without AWS credentials and a region: set AWS_PROFILE and AWS_REGION, or leave vpcId out for a new VPC`,
  ]);
}

/** Wrong settings, and findings of the validation: both say themselves what to do, a stack trace would bury it. */
function isForTheUser(error: unknown): error is Error {
  return (
    error instanceof UserError ||
    (error instanceof Error && error.message.startsWith('Validation failed with the following errors'))
  );
}
