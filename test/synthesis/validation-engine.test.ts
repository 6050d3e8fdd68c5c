import { CloudFormationValidatePlugin, Stack } from 'aws-cdk-lib';
import { checkTemplates } from '../../lib/synthesis/template-validation';
import { UserError } from '../../lib/user-error';
import { testApp } from '../support/test-stack';

test('an engine that cannot run is an error, which cannot be acknowledged', () => {
  jest.spyOn(CloudFormationValidatePlugin.prototype, 'validate').mockImplementation(() => {
    // As the engine does: a string, of several lines.
    throw "Failed to parse Guard file 'network.guard':\nat line 3\n";
  });
  const app = testApp();
  new Stack(app, 'Any');
  const check = checkTemplates(app);
  expect(() => check.refuseUnchecked()).not.toThrow();
  app.synth();
  expect(() => check.refuseUnchecked()).toThrow(
    new UserError([
      "the templates were not checked, because the validation engine failed: Failed to parse Guard file 'network.guard': at line 3. Fix the named rule of lib/synthesis/guard-rules, or leave the validation out (npm run synth:fast)",
    ]),
  );
});
