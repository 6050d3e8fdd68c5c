import { type ArnComponents, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/**
 * An AWS service on behalf of some resources of this account and region only. Without the condition, a resource
 * of any account could have the service use the role (confused deputy).
 *
 * @param scope a construct of the stack whose account and region are meant.
 * @param service name of the service, such as `eks.amazonaws.com`.
 * @param source the resources.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function sourceBoundPrincipal(
  scope: Construct,
  service: string,
  source: ArnComponents,
): iam.ServicePrincipal {
  return new iam.ServicePrincipal(service, {
    conditions: { ArnLike: { 'aws:SourceArn': Stack.of(scope).formatArn(source) } },
  });
}
