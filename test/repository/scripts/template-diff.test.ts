import { commentOf } from '../../../scripts/template-diff/comment';
import { spreadManifests } from '../../../scripts/template-diff/spread-manifests';

const spread = (manifest: unknown) => {
  const resource = { Type: 'Custom::AWSCDK-EKS-KubernetesResource', Properties: { Manifest: manifest } };
  return JSON.parse(spreadManifests(JSON.stringify({ Resources: { Some: resource } }))).Resources.Some
    .Properties.Manifest;
};
const object = { kind: 'ConfigMap', metadata: { name: 'shop' }, data: { group: 'GROUP' } };

test('a manifest becomes objects, by kind and name', () => {
  expect(spread(JSON.stringify([object]))).toEqual({ 'ConfigMap shop': object });
});

test('references in it stand as text', () => {
  const [before, after] = JSON.stringify([object]).split('GROUP');
  expect(spread({ 'Fn::Join': ['', [before, { Ref: 'PodLogs' }, after]] })).toEqual({
    'ConfigMap shop': { ...object, data: { group: '${PodLogs}' } },
  });
  expect(spread({ 'Fn::Join': ['', [before, { 'Fn::GetAtt': ['PodLogs', 'Arn'] }, after]] })).toEqual({
    'ConfigMap shop': { ...object, data: { group: '${PodLogs.Arn}' } },
  });
});

const unchanged =
  'Stack CheckoutStack\nThere were no differences\n\n✨  Number of stacks with differences: 0\n';
const changed =
  'Stack CheckoutStack\nResources\n[~] AWS::EKS::Cluster\n\n✨  Number of stacks with differences: 1\n';

test('variants that change alike share a section, those that do not change have none', () => {
  const comment = commentOf([
    { variant: 'labelled', text: changed },
    { variant: 'resized', text: unchanged },
    { variant: 'scaled', text: changed },
  ]);
  expect(comment.match(/<summary>.*<\/summary>/g)).toEqual(['<summary>labelled, scaled</summary>']);
  expect(comment).toContain('```\nResources\n[~] AWS::EKS::Cluster\n```');
});

test('no change is said to be none', () => {
  expect(commentOf([{ variant: 'labelled', text: unchanged }])).toBe(
    '<!-- template-diff -->\n### Template: no change in any variant',
  );
});

test('nothing in a change ends its block', () => {
  expect(commentOf([{ variant: 'labelled', text: 'a\n````\n<b>' }])).toContain(
    '\n`````\na\n````\n<b>\n`````\n',
  );
});

test('a long change is cut to what GitHub takes, and says so', () => {
  const comment = commentOf([
    { variant: 'labelled', text: 'x'.repeat(100_000) },
    { variant: 'scaled', text: 'y'.repeat(100_000) },
  ]);
  expect(comment.length).toBeLessThan(42_000);
  expect(comment.match(/… 80000 characters more/g)).toHaveLength(2);
});
