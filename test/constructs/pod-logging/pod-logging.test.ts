import { manifestOf } from '../../support/applied-manifests';
import { testTemplate } from '../../support/test-stack';

test('output of pods goes to the log group and the region of the stack', () => {
  const template = testTemplate();
  const [podLogs] = Object.keys(
    template.findResources('AWS::Logs::LogGroup', {
      Properties: { LogGroupName: '/aws/eks/TestStack/pods', RetentionInDays: 90 },
    }),
  );
  const { resource } = manifestOf(template, 'ConfigMap', 'aws-logging');
  const manifest = JSON.stringify(resource.Properties.Manifest);
  expect(manifest).toContain(JSON.stringify({ Ref: podLogs }));
  expect(manifest).toContain('{"Ref":"AWS::Region"}');
});
