import { parse } from 'yaml';
import { environments } from '../../lib/config/environments';
import { marker } from '../../scripts/template-diff/render';
import { read } from '../support/pages';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly if?: string;
  readonly steps: readonly Step[];
}

const text = read('.github/workflows/ci.yml');
const workflow = parse(text) as {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
};
const jobs = Object.entries(workflow.jobs);
const steps = jobs.flatMap(([, job]) => job.steps);

test('actions are pinned by commit, with the version beside it', () => {
  const uses = [...text.matchAll(/uses: (.*)/g)].map((match) => match[1]);
  expect(uses).toHaveLength(steps.filter((step) => step.uses).length);
  expect(uses.filter((use) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(use!))).toEqual([]);
});

test('code of a pull request never meets a token that can write', () => {
  expect(Object.keys(workflow.on).toSorted()).toEqual(['pull_request', 'push']);
  expect(workflow.permissions).toEqual({ contents: 'read' });
  const writers = jobs.filter(([, { permissions }]) => permissions !== undefined);
  expect(writers.map(([name, { permissions }]) => [name, permissions])).toEqual([
    ['comment', { 'pull-requests': 'write' }],
  ]);
  for (const [, job] of writers) {
    expect(job.steps.some(({ uses }) => uses !== undefined)).toBe(false);
    expect(job.if).toContain('github.event.pull_request.head.repo.full_name == github.repository');
  }
  const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
  expect(checkouts.length).toBeGreaterThan(2);
  expect(checkouts.filter((step) => step.with?.['persist-credentials'] !== false)).toEqual([]);
});

test('nothing of the event is pasted into a script', () => {
  expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([]);
});

test('every job ends', () => {
  expect(jobs.filter(([, job]) => !(job['timeout-minutes']! <= 15))).toEqual([]);
});

test('what it runs is there: scripts and environments', () => {
  const script = steps.map(({ run }) => run ?? '').join('\n');
  const { scripts, engines } = JSON.parse(read('package.json'));
  const called = [...script.matchAll(/npm (?:run (?:--\S+ (?:head )?)*([\w:-]+)|(test))/g)].map(
    (match) => match[1] ?? match[2],
  );
  expect(called.length).toBeGreaterThanOrEqual(5);
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(called));
  const names = Object.keys(environments).join(' ');
  expect([...script.matchAll(/for environment in (.*); do/g)].map((match) => match[1])).toEqual([
    names,
    names,
  ]);
  expect(script).toContain(`startswith("${marker}")`);
  const oldest = Math.min(
    ...(workflow.jobs.test as unknown as { strategy: { matrix: { node: number[] } } }).strategy.matrix.node,
  );
  expect(engines.node).toBe(`>=${oldest}.19`);
});

test('.ci/run is the commands of the README', () => {
  expect(read('.ci/run')).toContain('set -euo pipefail');
  expect(read('.ci/run').trimEnd().split('\n').slice(-2)).toEqual(['npm ci', 'npm test']);
  expect(read('README.md')).toContain('npm ci && npm test');
});
