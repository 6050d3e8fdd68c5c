/** What several variants have in common is told once. */
import { reportEnvironment } from '../../../lib/commands/preflight/environment-report';
import { renderMarkdown } from '../../../lib/commands/preflight/render-markdown';
import { renderTable } from '../../../lib/commands/preflight/render-table';
import type { Finding } from '../../../lib/fargate/finding';
import type { EnvironmentPlan } from '../../../lib/stack/plan-environment';

const finding = (rule: string, object: string): Finding => ({
  rule,
  severity: 'warning',
  object,
  message: `${object}: is not as ${rule} has it.`,
  source: 'https://example.com',
  index: 0,
});
const always = finding('node-port', 'Service shop/cart');
const sometimes = finding('no-spreading', 'Deployment shop/cart');

function report(...findings: ReadonlyArray<readonly Finding[]>) {
  const plan = {
    environment: { name: 'shop' },
    variants: findings.map((own, index) => ({
      variant: ['small', 'medium', 'large'][index],
      clusters: [
        {
          clusterName: 'shop',
          kubernetesVersion: '1.36',
          profiles: [{ name: 'eks-shop', selectors: [{ namespace: 'shop' }] }],
          objects: [],
          check: () => ({ pods: [], findings: own }),
        },
      ],
      resources: new Map(),
      endpointZones: 0,
    })),
  } as unknown as EnvironmentPlan;
  return reportEnvironment(plan, {
    region: 'us-west-2',
    acknowledgements: [{ rule: 'no-spreading', object: 'Deployment shop/cart', reason: 'one is enough' }],
    today: new Date('2026-11-22'),
  });
}

const output = { write: () => true };
const lines = (text: string) => text.split('\n').filter((line) => line.includes('shop/cart'));
const all = report([always, sometimes], [always], [always, sometimes]);

test('in the table: where not all variants have it, those that do are named', () => {
  expect(lines(renderTable(all, output))).toEqual([
    'warning  Service shop/cart: is not as node-port has it. [node-port]',
    'acknowledged warning  Deployment shop/cart: is not as no-spreading has it. (small, large) [no-spreading: one is enough]',
  ]);
  expect(renderTable(all, output)).toMatch(/\n1 error, 1 warning, 1 acknowledged$/u);
});

test('in Markdown too', () => {
  expect(lines(renderMarkdown(all))).toEqual([
    '- **warning** [node-port](https://example.com): Service shop/cart: is not as node-port has it.',
    '- acknowledged warning [no-spreading](https://example.com) in small, large: Deployment shop/cart: is not as no-spreading has it. (one is enough)',
  ]);
});

test('what an acknowledgement matches in one variant only is no acknowledgement of nothing', () => {
  expect(all.findings.map(({ rule }) => rule)).toEqual(['profile-name', 'node-port', 'no-spreading']);
  expect(report([always], [always]).findings.map(({ rule }) => rule)).toEqual([
    'profile-name',
    'node-port',
    'acknowledged-nothing',
  ]);
});

test('what is wrong with a profile is told of the cluster, in no variant', () => {
  expect(all.findings[0]).toMatchObject({ rule: 'profile-name', severity: 'error', sources: [] });
});

test('colors are for terminals', () => {
  const terminal = { ...output, isTTY: true, hasColors: () => true };
  expect(renderTable(all, terminal)).toContain('\u001B[33mwarning\u001B[39m  Service');
  expect(renderTable(all, output)).not.toContain('\u001B');
});
