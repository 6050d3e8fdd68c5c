import { parse } from 'yaml';
import { environments } from '../../lib/config/environments';
import { marker } from '../../scripts/template-diff/render';
import { cases } from '../../scripts/test-fork/cases';
import { codeBlocks } from '../support/markdown';
import { filesOf, read } from '../support/pages';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly if?: string;
  readonly environment?: string;
  readonly needs?: string;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> };
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const workflow = (name: string) => parse(read(`.github/workflows/${name}.yml`)) as Workflow;
const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps }) => steps);
const scriptOf = (of: Workflow) =>
  stepsOf(of)
    .map(({ run }) => run ?? '')
    .join('\n');
const names = Object.keys(environments);
const ci = workflow('ci');
const deploy = workflow('deploy');

describe.each(filesOf('.github/workflows', '.yml'))('%s', (file) => {
  const text = read(file);
  const { jobs } = parse(text) as Workflow;
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  test('pins its actions by commit, with the version beside it', () => {
    const uses = [...text.matchAll(/uses: (.*)/g)].map((match) => match[1]);
    expect(uses).toHaveLength(steps.filter((step) => step.uses).length);
    expect(uses.filter((use) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(use!))).toEqual([]);
  });

  test('leaves no token behind a checkout', () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.length).toBeGreaterThan(2);
    expect(checkouts.filter((step) => step.with?.['persist-credentials'] !== false)).toEqual([]);
  });

  test('pastes nothing into a script', () => {
    expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([]);
  });

  test('ends every job', () => {
    expect(Object.values(jobs).filter((job) => !(job['timeout-minutes']! <= 90))).toEqual([]);
  });

  test('runs scripts that are there', () => {
    const script = steps.map(({ run }) => run ?? '').join('\n');
    const called = [...script.matchAll(/npm (?:run (?:--silent |--prefix \S+ )*([\w:-]+)|(test))/g)].map(
      (match) => match[1] ?? match[2],
    );
    expect(called.length).toBeGreaterThanOrEqual(4);
    expect(Object.keys(JSON.parse(read('package.json')).scripts)).toEqual(expect.arrayContaining(called));
  });
});

describe('CI', () => {
  test('code of a pull request never meets a token that can write', () => {
    expect(Object.keys(ci.on).toSorted()).toEqual(['pull_request', 'push']);
    expect(ci.permissions).toEqual({ contents: 'read' });
    const writers = Object.entries(ci.jobs).filter(([, { permissions }]) => permissions !== undefined);
    expect(writers.map(([name, { permissions }]) => [name, permissions])).toEqual([
      ['comment', { 'pull-requests': 'write' }],
    ]);
    for (const [, job] of writers) {
      expect(job.steps.some(({ uses }) => uses !== undefined)).toBe(false);
      expect(job.if).toContain('github.event.pull_request.head.repo.full_name == github.repository');
    }
  });

  test('synthesizes every environment, and compares each with the base', () => {
    const loops = [...scriptOf(ci).matchAll(/for environment in (.*); do/g)].map((match) => match[1]);
    expect(loops).toEqual([names.join(' '), names.join(' ')]);
    expect(scriptOf(ci)).toContain(`startswith("${marker}")`);
  });

  test('tries every case of npm run test:fork, and the oldest Node.js that is supported', () => {
    expect(ci.jobs.fork!.strategy!.matrix['case']).toEqual(Object.keys(cases));
    const oldest = Math.min(...(ci.jobs.test!.strategy!.matrix['node'] as readonly number[]));
    expect(JSON.parse(read('package.json')).engines.node).toBe(`>=${oldest}.19`);
  });

  test('.ci/run is the commands of the README', () => {
    expect(read('.ci/run')).toContain('set -euo pipefail');
    expect(read('.ci/run').trimEnd().split('\n').slice(-2)).toEqual(['npm ci', 'npm test']);
    expect(read('README.md')).toContain('npm ci && npm test');
  });
});

describe('the deploy', () => {
  const page = read('docs/deploying-from-ci.md');

  test('is started by hand, for one of the environments', () => {
    expect(deploy.on).toEqual({
      workflow_dispatch: {
        inputs: { environment: expect.objectContaining({ type: 'choice', options: names }) },
      },
    });
  });

  test('has no stored key, and credentials only behind the approval of the environment', () => {
    expect(read('.github/workflows/deploy.yml')).not.toContain('secrets.');
    expect(deploy.permissions).toEqual({});
    const withToken = Object.values(deploy.jobs).filter(({ permissions }) => permissions?.['id-token']);
    expect(withToken).toEqual([deploy.jobs.deploy]);
    expect(deploy.jobs.deploy).toMatchObject({ needs: 'changes', environment: '${{ inputs.environment }}' });
    expect(deploy.jobs.deploy!.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    expect(deploy.jobs.changes!.permissions).toEqual({ contents: 'read', deployments: 'read' });
  });

  test('installs packages before it has credentials, and deploys what was shown', () => {
    const steps = deploy.jobs.deploy!.steps.map(
      ({ uses, run }) => uses?.split('@')[0] ?? run!.split('\n').at(-2) ?? run,
    );
    expect(steps.slice(2)).toEqual([
      'npm ci',
      'actions/download-artifact',
      'aws-actions/configure-aws-credentials',
      expect.stringContaining('cdk deploy --app cdk.out --all'),
      'npm run --silent verify -- --environment "$ENVIRONMENT" --watch',
    ]);
  });

  test('its role may use the roles of the bootstrap, and look', () => {
    const [trust, permissions] = codeBlocks(page)
      .filter(({ language }) => language === 'json')
      .map(({ text }) => JSON.parse(text).Statement);
    expect(trust).toHaveLength(1);
    expect(trust[0].Condition.StringEquals['token.actions.githubusercontent.com:sub']).toMatch(
      /^repo:OWNER\/REPOSITORY:environment:\w+$/,
    );
    const [assume, look] = permissions;
    expect(permissions).toHaveLength(2);
    expect(assume.Action).toBe('sts:AssumeRole');
    expect(assume.Resource.filter((arn: string) => !/:role\/cdk-hnb659fds-[a-z-]+-role-/.test(arn))).toEqual(
      [],
    );
    expect(look.Action.filter((action: string) => !/:(?:Describe|Get|List)[A-Za-z]+$/.test(action))).toEqual(
      [],
    );
  });
});
