import { existsSync } from 'node:fs';
import path from 'node:path';
import { defaultEnvironment } from '../../lib/config/environments';
import type { Fork } from './fork';
import { otherSettings } from './other-values';

/** Something that forks do, after which all is to be green. */
export interface Case {
  readonly title: string;
  /** Whether the repository still has what the case is about. */
  readonly applies?: () => boolean;
  /** Does it. @throws where something is red. */
  readonly run: (fork: Fork) => void;
}

const environmentsFile = 'lib/config/environments.ts';

/** Changes settings of an environment. */
function set(fork: Fork, environment: string, settings: Readonly<Record<string, unknown>>): void {
  const changed = Object.entries(settings).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  fork.replace(
    environmentsFile,
    new RegExp(String.raw`(?<=export const environments = \{[^}]*)\b${environment}\b`),
    `${environment}: { ...${environment}, ${changed.join(', ')} }`,
  );
  fork.run(`npx oxfmt ${environmentsFile}`);
}

/** By name. */
export const cases: Readonly<Record<string, Case>> = {
  'stack-name': {
    title: 'the stack has another name: npm test',
    run: (fork) => {
      set(fork, defaultEnvironment, { stackName: otherSettings().stackName });
      fork.run('npm test');
    },
  },
  // All at once: a test that reads any of them sees another value. A setting of a new VPC means nothing beside vpcId.
  settings: {
    title: 'every setting has another value: npm test',
    run: (fork) => {
      set(fork, defaultEnvironment, { ...otherSettings(), vpcId: undefined });
      fork.run('npm test');
    },
  },
  'existing-vpc': {
    title: 'an existing VPC: npm test',
    run: (fork) => {
      set(fork, defaultEnvironment, { vpcId: otherSettings().vpcId });
      fork.run('npm test');
    },
  },
  production: {
    title: 'production in another account and region: synth, preflight, manifests, verify as far as AWS',
    run: (fork) => {
      set(fork, 'production', { account: '444455556666', region: 'eu-central-1' });
      fork.run('npm run synth -- --context environment=production');
      if (!fork.read('cdk.out/manifest.json').includes('aws://444455556666/eu-central-1')) {
        throw new Error('cdk.out has no stack of the account and region of the environment');
      }
      fork.run('npm run preflight -- --environment production');
      fork.run('npm run manifests -- --environment production');
      // It has its plan, and then cannot ask AWS.
      const answer = fork.run('npm run --silent verify -- --environment production 2>&1', 2);
      if (!/AWS (?:CLI|credentials)/.test(answer)) {
        throw new Error(`verify did not get as far as to ask AWS: ${answer}`);
      }
    },
  },
  workload: {
    title: 'a Deployment with a CronJob and an autoscaler in a namespace of its own: accept, npm test',
    applies: () => existsSync(path.join(__dirname, '../../lib/stack/checkout-stack.ts')),
    run: addWorkload,
  },
  'without-checkout': {
    title: 'no checkout, as docs/starting-without-checkout.md says: npm test',
    applies: () => existsSync(path.join(__dirname, '../../charts/checkout')),
    run: (fork) => {
      const [, commands] = /```sh\n([\s\S]*?)\n```/.exec(fork.read('docs/starting-without-checkout.md'))!;
      fork.run(commands!);
    },
  },
};

/** Three files are written: the chart, its statement in the stack, and the setting that the autoscaler requires. */
function addWorkload(fork: Fork): void {
  const chart = fork.read('scripts/test-fork/reports-chart.ts').replaceAll('../../charts/', './');
  fork.write('charts/reports-chart.ts', chart);
  const stack = 'lib/stack/checkout-stack.ts';
  fork.replace(stack, /^/, "import { ReportsChart } from '../../charts/reports-chart';\n");
  fork.replace(stack, /^/, "import { FargateWorkload } from '../constructs/workload/fargate-workload';\n");
  fork.replace(
    stack,
    'addOutputs(this',
    `new FargateWorkload(this, 'Reports', {
      cluster: this.cluster,
      namespace: 'reports',
      profile: { name: 'reports-profile', selectors: [{ namespace: 'reports' }] },
      charts: [(app) => new ReportsChart(app, 'Reports')],
    });

    addOutputs(this`,
  );
  set(fork, defaultEnvironment, { autoscaling: true });
  fork.run('npm run accept && npm test');
}
