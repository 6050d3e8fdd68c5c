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
import { UserError } from '../user-error';

const folder = path.join(__dirname, 'guard-rules');

/** The rules of lib/synthesis/guard-rules: what keeps the template secure, in the language of CloudFormation Guard. */
function guardRules(): ValidationRuleSource[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.guard'))
    .toSorted()
    .map((file) => ({ name: file, content: readFileSync(path.join(folder, file), 'utf8') }));
}

/** Whether templates were checked at all. Known after the synthesis. */
export interface TemplateCheck {
  /** @throws UserError if the engine could not run. */
  refuseUnchecked(): void;
}

/**
 * CDK's engine, which remembers why it could not run. The CDK CLI passes over a plugin that throws, and a finding of
 * it could be acknowledged: a misspelt rule would switch off the validation in silence.
 */
class RememberingValidatePlugin extends CloudFormationValidatePlugin implements TemplateCheck {
  private failure: string | undefined;

  override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    try {
      return super.validate(context);
    } catch (error) {
      this.failure = (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').trim();
      return { success: true, violations: [] };
    }
  }

  refuseUnchecked(): void {
    if (this.failure === undefined) {
      return;
    }
    throw new UserError([
      `the templates were not checked, because the validation engine failed: ${this.failure}. Fix the named rule of lib/synthesis/guard-rules, or leave the validation out (npm run synth:fast)`,
    ]);
  }
}

/**
 * Has CDK's validation engine check every template of an app against the rules of lib/synthesis/guard-rules, in addition to its
 * own. A fork that means to break one acknowledges it, `CloudFormation-Validate::<rule>`, with its reason.
 *
 * The engine costs seconds. It runs once all the same: this plugin takes the place of CDK's own.
 *
 * @returns what to ask after the synthesis.
 */
export function checkTemplates(app: Stage): TemplateCheck {
  // The engine is WebAssembly that runs once. V8 would optimize it on every core meanwhile, and finish that before
  // the process ends (docs/performance.md).
  setFlagsFromString('--liftoff-only');
  const plugin = new RememberingValidatePlugin({ guardRules: guardRules() });
  Validations.of(app).addPlugins(plugin);
  return plugin;
}
