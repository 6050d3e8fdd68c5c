import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import {
  CloudFormationValidatePlugin,
  Validations,
  type IPolicyValidationContext,
  type PolicyValidationPluginReport,
  type Stage,
  type ValidationRuleSource,
} from 'aws-cdk-lib';

const folder = path.join(__dirname, 'guard-rules');

/** The rules of lib/guard-rules: what keeps the template secure, in the language of CloudFormation Guard. */
function guardRules(): ValidationRuleSource[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.guard'))
    .toSorted()
    .map((file) => ({ name: file, content: readFileSync(path.join(folder, file), 'utf8') }));
}

/**
 * CDK's engine, with a finding where it cannot run: the CDK CLI passes over a plugin that throws, and a misspelt rule
 * would switch off the validation in silence.
 */
class LoudValidatePlugin extends CloudFormationValidatePlugin {
  override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    try {
      return super.validate(context);
    } catch (error) {
      const reason = (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').trim();
      return {
        success: false,
        violations: [
          {
            ruleName: 'guard-rules',
            severity: 'error',
            description: `the templates were not checked, because the validation engine refuses a rule of lib/guard-rules: ${reason}. Mend the rule.`,
            violatingResources: context.stackTemplates.map(({ stackConstructPath, templatePath }) => ({
              constructPath: stackConstructPath,
              templatePath,
              locations: [],
            })),
          },
        ],
      };
    }
  }
}

/**
 * Has CDK's validation engine check every template of an app against the rules of lib/guard-rules besides its
 * own. A fork that means to break one acknowledges it, `CloudFormation-Validate::<rule>`, with its reason.
 *
 * The engine costs seconds. It runs once all the same: this plugin takes the place of CDK's own.
 */
export function checkTemplates(app: Stage): void {
  // The engine is WebAssembly that runs once. V8 would optimise it on every core meanwhile, and finish that before
  // the process ends: without, validation takes a quarter less time and a third less memory (docs/performance.md).
  setFlagsFromString('--liftoff-only');
  Validations.of(app).addPlugins(new LoudValidatePlugin({ guardRules: guardRules() }));
}
