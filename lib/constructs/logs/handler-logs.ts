import { CfnResource } from 'aws-cdk-lib';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';

/**
 * Sends what the Lambda functions under a construct log to one log group.
 *
 * For the handlers that CDK makes by itself: their own groups are kept two years without encryption, under a
 * name beyond what the stack's key admits, or are not in the template at all.
 */
export function sendHandlerLogs(scope: IConstruct, logGroup: ILogGroup): void {
  for (const handler of scope.node.findAll().filter(isFunction)) {
    handler.addPropertyOverride('LoggingConfig.LogGroup', logGroup.logGroupName);
    handler.node.scope?.node.tryRemoveChild('LogGroup');
  }
}

/** By the type of the resource, because some of CDK's handlers are no `lambda.Function`. */
function isFunction(construct: IConstruct): construct is CfnResource {
  return CfnResource.isCfnResource(construct) && construct.cfnResourceType === 'AWS::Lambda::Function';
}
