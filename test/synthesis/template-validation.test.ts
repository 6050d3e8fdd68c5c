import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Stack, Validations, type StackProps } from 'aws-cdk-lib';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { checkTemplates } from '../../lib/synthesis/template-validation';
import { allBlocks } from '../support/blocks';
import { environmentWith } from '../support/environment-with';
import { featureFlags } from '../support/feature-flags';
import { testApp, TestStack } from '../support/test-stack';
import { lookupEnv, lookupVpcId, vpcLookup } from '../support/vpc-lookup';
import { cluster, weakenings } from '../support/weakenings';

/**
 * The one file that runs CDK's validation engine, with the rules of lib/synthesis/guard-rules. It costs seconds in every
 * process, whatever is validated: all stacks are in one app, and synthesized once.
 */
const app = testApp(vpcLookup('a', 'b'));
const addStack = (id: string, settings: Record<string, unknown>, props?: StackProps) =>
  new TestStack(app, id, { environment: environmentWith(settings), ...props });

addStack('Default', {});
addStack('Blocks', { ...allBlocks });
addStack('Private', { ...allBlocks, natGateways: 0, httpsProxy: 'http://proxy.example.com:3128' });
// Knowingly: an existing VPC, a public endpoint for one address, extended support.
const loosened = cluster(
  addStack('Loosened', { apiAccessCidrs: '52.94.76.1/32', vpcId: lookupVpcId }, { env: lookupEnv }),
);
// Actions that know no resource.
new Policy(Stack.of(loosened), 'ListSecrets', {
  roles: [
    new Role(Stack.of(loosened), 'Lister', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }),
  ],
  statements: [
    new PolicyStatement({
      actions: ['secretsmanager:ListSecrets', 'secretsmanager:GetRandomPassword'],
      resources: ['*'],
    }),
  ],
});
loosened.addPropertyOverride('UpgradePolicy.SupportType', 'EXTENDED');
Validations.of(loosened).acknowledge({
  id: 'CloudFormation-Validate::eks_upgrade_policy',
  reason: 'Upgrades here wait for a yearly window.',
});

const weakened = addStack('Weakened', {});
for (const [, weaken] of weakenings) {
  weaken(weakened);
}

const refused = cluster(addStack('Refused', { apiAccessCidrs: '52.94.76.1/32' }));
refused.addPropertyOverride('ResourcesVpcConfig.PublicAccessCidrs', [
  '52.94.76.1/32',
  '0.0.0.0/0',
  '128.0.0.0/1',
]);
refused.addPropertyOverride('Version', ['1.36']);

interface Finding {
  readonly ruleName: string;
  readonly description: string;
  readonly severity: string;
  readonly violatingConstructs: ReadonlyArray<{ readonly constructPath: string }>;
}

interface Report {
  readonly pluginName: string;
  readonly violations: readonly Finding[];
  readonly suppressedViolations: readonly Finding[];
}

/** Synthesizes, and reads the report that the engine writes before it fails the synthesis. */
function synthesize(): Report & { readonly error: unknown } {
  let error: unknown;
  try {
    app.synth();
  } catch (thrown) {
    error = thrown;
  }
  const file = path.join(app.outdir, 'validation-report.json');
  const { pluginReports } = JSON.parse(readFileSync(file, 'utf8'));
  const engine = pluginReports.find((report: Report) => report.pluginName === 'CloudFormation Validate');
  return { ...engine, error };
}

checkTemplates(app);
const { error, violations, suppressedViolations } = synthesize();

/** What is found in one stack, as `severity rule: path in the stack: message`. */
function findings(stack: string, found: readonly Finding[]): string[] {
  return found
    .flatMap(({ severity, ruleName, description, violatingConstructs }) =>
      violatingConstructs
        .map(({ constructPath }) => constructPath.split('/'))
        .filter(([name]) => name === stack)
        .map(([, ...inside]) => `${severity} ${ruleName}: ${inside.join('/')}: ${description}`),
    )
    .toSorted();
}

test('findings fail the synthesis, through the flag in cdk.json', () => {
  expect(featureFlags).toHaveProperty(['@aws-cdk/core:validateAgainstDefaultRules'], true);
  expect(error).toHaveProperty('message', expect.stringContaining('eks_public_endpoint'));
});

test.each(['Default', 'Blocks', 'Private', 'Loosened'])('nothing is found in the stack %s', (stack) => {
  expect(findings(stack, violations)).toEqual([]);
});

test('the deprecation that is acknowledged is the only one', () => {
  expect(findings('Default', suppressedViolations)).toEqual([
    "warning W9009: Cluster/Resource/Resource: EncryptionConfig.*.Resources: Property 'EncryptionConfig.*.Resources' is deprecated",
  ]);
});

test('a rule can be broken knowingly', () => {
  expect(findings('Loosened', suppressedViolations)).toContain(
    'error eks_upgrade_policy: Cluster/Resource/Resource: UpgradePolicy.SupportType: the upgrade policy is not STANDARD, so that an old version runs on in extended support at six times the price. Set UpgradePolicy.SupportType to STANDARD.',
  );
});

test('every rule tells a weakened stack what is wrong, where, and what to write', () => {
  expect(findings('Weakened', violations)).toEqual(
    weakenings.map(([rule, , where, message]) => `error ${rule}: ${where}: ${message}`).toSorted(),
  );
});

test('what CloudFormation or EKS would refuse is an error', () => {
  expect(findings('Refused', violations)).toEqual([
    "error F3012: Cluster/Resource/Resource: Version: ['1.36'] is not of type 'string'",
    ...[1, 2].map(
      (index) =>
        `error eks_public_endpoint: Cluster/Resource/Resource: ResourcesVpcConfig.PublicAccessCidrs.${index}: a range wider than /8 opens the API server to a good part of the internet. Give your own ranges in the setting apiAccessCidrs, such as one address as a /32.`,
    ),
  ]);
});

test('no rule is left untried', () => {
  const folder = path.join(__dirname, '..', '..', 'lib', 'synthesis', 'guard-rules');
  const rules = readdirSync(folder).flatMap((file) =>
    [...readFileSync(path.join(folder, file), 'utf8').matchAll(/^rule (\w+)/gmu)].map(([, rule]) => rule),
  );
  expect(weakenings.map(([rule]) => rule).toSorted()).toEqual(rules.toSorted());
});
