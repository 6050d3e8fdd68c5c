import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { renderMarkdown, renderText } from '../../../scripts/template-diff/render';
import { spreadManifests } from '../../../scripts/template-diff/spread-manifests';
import { runScript } from '../../support/run-script';

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

const change = (title: string, text: string) => ({ title, text });

test('stacks that change alike share a section, those that do not change have none', () => {
  const changes = [change('small', '[~] Cluster'), change('medium', ''), change('large', '[~] Cluster')];
  expect(renderText(changes)).toBe('small, large\n\n[~] Cluster');
  const comment = renderMarkdown(changes);
  expect(comment.match(/<summary>.*<\/summary>/g)).toEqual(['<summary>small, large</summary>']);
  expect(comment).toContain('```\n[~] Cluster\n```');
});

test('no change is said to be none', () => {
  expect(renderText([change('small', '')])).toBe('no change in any template');
  expect(renderMarkdown([change('small', '')])).toBe('<!-- template-diff -->\n### Templates: no change');
});

test('nothing in a change ends its block', () => {
  expect(renderMarkdown([change('small', 'a\n````\n<b>')])).toContain('\n`````\na\n````\n<b>\n`````\n');
});

test('a long change is cut to what GitHub takes, and says so', () => {
  const comment = renderMarkdown([
    change('small', 'x'.repeat(100_000)),
    change('large', 'y'.repeat(100_000)),
  ]);
  expect(comment.length).toBeLessThan(42_000);
  expect(comment.match(/… 80000 characters more/g)).toHaveLength(2);
});

describe('the command', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'template-diff-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const run = (...args: readonly string[]) => runScript(['scripts/template-diff.ts', ...args]);

  /** Synthesizes an app of two stacks, one of them in a stage. */
  function synthesize(name: string, replicas: number, ...more: readonly string[]): string {
    const outdir = path.join(folder, name);
    const app = new App({ outdir, analyticsReporting: false });
    for (const id of ['Shop', ...more]) {
      const manifest = [{ kind: 'Deployment', metadata: { name: 'cart' }, spec: { replicas } }];
      new CfnResource(new Stack(new Stage(app, `${id}Stage`), id), 'Manifest', {
        type: 'Custom::AWSCDK-EKS-KubernetesResource',
        properties: { Manifest: JSON.stringify(manifest) },
      });
    }
    app.synth();
    return outdir;
  }

  test('names the field that differs, and stacks that are new or gone', async () => {
    const [one, three, less] = [synthesize('one', 1), synthesize('three', 3, 'More'), synthesize('less', 3)];
    const [forth, back] = await Promise.all([run(one, three), run(three, less)]);
    expect(forth).toMatchObject({ status: 0, stderr: '' });
    expect(forth.stdout).toMatch(/three: ShopStage\/Shop\n[^]*\.replicas:[^]*\[-\] 1\n[^]*\[\+\] 3\n/);
    expect(forth.stdout).toMatch(/three: MoreStage\/More \(new\)\n[^]*\[\+\] Custom::AWSCDK-EKS/);
    expect(back.stdout).toMatch(/^less: MoreStage\/More \(gone\)\n[^]*\[-\] Custom::AWSCDK-EKS/);
  });

  test('compares folders of apps by name', async () => {
    synthesize('base/small', 1);
    synthesize('head/small', 1);
    const [base, head] = [path.join(folder, 'base'), path.join(folder, 'head')];
    expect(await run(base, head, '--format', 'markdown')).toEqual({
      status: 0,
      stdout: '<!-- template-diff -->\n### Templates: no change\n',
      stderr: '',
    });
    synthesize('head/large', 3);
    expect((await run(base, head)).stdout).toMatch(/^large: ShopStage\/Shop \(new\)\n\n[^]*\[\+\] Custom::/);
  });

  test('wants two folders that hold apps', async () => {
    expect(await run(folder)).toEqual({
      status: 2,
      stdout: '',
      stderr: 'two folders are compared: write npm run --silent template-diff -- BEFORE AFTER\n',
    });
    const nowhere = path.join(folder, 'nowhere');
    expect(await run(nowhere, nowhere)).toEqual({
      status: 2,
      stdout: '',
      stderr: `${nowhere} holds no synthesized app: write one there with npx cdk synth --quiet --output ${nowhere}\n`,
    });
  });
});
