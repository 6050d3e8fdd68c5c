import { CheckoutStack } from './checkout-stack';
import { defineApp } from './define-app';

/** The one definition of what is deployed, for `cdk` and for every command: a fork adds its stacks here. */
export const createApp = defineApp((app, environment, props) => {
  new CheckoutStack(app, environment.stackName, {
    ...props,
    environment,
    description: 'EKS Workshop checkout service on Amazon EKS with AWS Fargate',
  });
});
