import path from 'node:path';
import { App } from 'aws-cdk-lib';
import { checkoutVariantNames, type CheckoutVariantName } from '../../charts/checkout/variants';
import { readCheckedCdkContext } from '../config/context-files';
import { CheckedManifest } from '../constructs/workload/checked-manifest';
import { CheckoutStack } from './checkout-stack';
import { parseConfig, stackName } from '../config/settings';
import type { CheckResult } from '../fargate/check-manifests';
import type { FargateProfile } from '../fargate/sizing/profile';
import type { Manifest } from '../synthesis/fargate-plan';

/** What one variant runs. */
export interface VariantPlan {
  /** Name of the variant. */
  readonly variant: CheckoutVariantName;
  /** Every object that the stack applies, in order. Strings may hold CDK tokens, known only at deploy. */
  readonly objects: readonly Manifest[];
  /** What the engine says of them, and of CoreDNS, which EKS applies. */
  readonly check: CheckResult;
}

/** What the repository deploys, in every variant. */
export interface RepositoryPlan {
  /** Name of the stack, and of the cluster. */
  readonly stackName: string;
  /** Kubernetes minor version of the cluster. */
  readonly kubernetesVersion: string;
  /** Every Fargate profile of the cluster. */
  readonly profiles: readonly FargateProfile[];
  /** NAT gateways that the stack pays for. */
  readonly natGateways: number;
  /** In the order of the lab. */
  readonly variants: readonly VariantPlan[];
}

/**
 * Builds the stack in each variant, without synthesizing it, and tells what it would run. The commands that
 * predict and verify read from here, so that they cannot drift from what is deployed.
 *
 * @param context the settings, with the feature flags; those of cdk.json by default.
 * @throws UserError if the settings are wrong.
 */
export function planVariants(
  context: Readonly<Record<string, unknown>> = readCheckedCdkContext(path.join(__dirname, '..', '..')),
): RepositoryPlan {
  const config = parseConfig(context);
  // Nothing is synthesized: without this, each stack would copy its assets, 57 MB, into a folder of its own.
  const appContext = { ...context, 'aws:cdk:disable-asset-staging': true };
  const stacks = checkoutVariantNames.map(
    (variant) =>
      new CheckoutStack(new App({ context: appContext, analyticsReporting: false }), stackName, {
        config: { ...config, variant },
        // Looking up an existing VPC needs an environment. Which one, and which VPC, no pod depends on.
        env: config.vpcId === undefined ? undefined : { account: '111122223333', region: 'us-west-2' },
      }),
  );
  const { cluster, network } = stacks[0]!;
  return {
    stackName,
    kubernetesVersion: cluster.plan.kubernetesVersion,
    profiles: cluster.plan.profiles,
    natGateways: network.natGatewayCount,
    variants: stacks.map((stack, index) => ({
      variant: checkoutVariantNames[index]!,
      objects: appliedObjects(stack),
      check: stack.cluster.plan.check(),
    })),
  };
}

function appliedObjects(stack: CheckoutStack): Manifest[] {
  return stack.node
    .findAll()
    .filter((construct) => construct instanceof CheckedManifest)
    .flatMap(({ objects }) => objects);
}
