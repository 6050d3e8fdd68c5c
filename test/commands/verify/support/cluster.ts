import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { typeScriptRunner } from '../../../../scripts/typescript-runner';
import { startAws, type AwsStandInOptions } from './aws-stand-in';
import { startKubernetes } from './kubernetes-stand-in';
import { healthyState, type State, type Variant } from './states';
import { runScript, type Outcome } from '../../../support/run-script';
import type { Run } from './verify-process';

const root = path.join(__dirname, '..', '..', '..', '..');

/** What to stand in for. */
export interface Scenario {
  /** What the cluster was deployed with. */
  readonly variant: Variant;
  /** @default the healthy state of the variant, at every look */
  readonly state?: (looks: number) => State;
  /** @default the variant: what the stack output says */
  readonly deployed?: string | null;
  /** Server of the kubeconfig. @default the API server of the cluster */
  readonly server?: string;
  /** What Amazon EKS calls the API server. @default the stand-in */
  readonly endpoint?: string;
  readonly publicCidrs?: readonly string[];
  readonly errors?: AwsStandInOptions['errors'];
  /** Requests that the API server turns down before it answers one. @default none */
  readonly outages?: number;
  /** Added to the environment; undefined takes away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Services that listen, and the environment in which the command finds them. */
export interface Deployment {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Everything that AWS and the cluster were asked. */
  readonly calls: () => readonly string[];
  readonly close: () => Promise<void>;
}

/** Starts the stand-ins of a scenario. */
export async function deploy(scenario: Scenario): Promise<Deployment> {
  const {
    variant,
    state = () => healthyState(variant),
    deployed = variant,
    publicCidrs,
    errors,
    env,
  } = scenario;
  let current = state(0);
  const kubernetes = await startKubernetes((looks) => (current = state(looks)), scenario.outages ?? 0);
  const endpoint = scenario.endpoint ?? kubernetes.url;
  const aws = await startAws({
    state: () => current,
    variant: deployed,
    endpoint,
    ...(publicCidrs === undefined ? {} : { publicCidrs }),
    ...(errors === undefined ? {} : { errors }),
  });
  const home = await mkdtemp(path.join(tmpdir(), 'verify-'));
  const kubeconfig = path.join(home, 'config');
  await writeFile(kubeconfig, kubeconfigFor(scenario.server ?? endpoint));
  return {
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: home,
      KUBECONFIG: kubeconfig,
      AWS_ENDPOINT_URL: aws.url,
      AWS_REGION: 'us-west-2',
      AWS_ACCESS_KEY_ID: 'stand-in',
      AWS_SECRET_ACCESS_KEY: 'stand-in',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      ...env,
    },
    calls: () => [...aws.calls, ...kubernetes.calls],
    close: async () => {
      await Promise.all([aws.close(), kubernetes.close(), rm(home, { recursive: true })]);
    },
  };
}

function kubeconfigFor(server: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'checkout',
    contexts: [{ name: 'checkout', context: { cluster: 'checkout', user: 'me' } }],
    clusters: [{ name: 'checkout', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'me', user: { token: 'stand-in' } }],
  });
}

/** Runs the command as a user does, but for npm. */
export function runCommand(args: readonly string[], env: Run['env']): Promise<Outcome> {
  return runScript(['bin/verify.ts', ...args], { env: { ...env } });
}

/** A process that runs the command again and again; see verify-process.ts. */
export class VerifyProcess {
  private readonly child: ChildProcess;

  constructor() {
    this.child = fork(typeScriptRunner, [path.join(__dirname, 'verify-process.ts')], { cwd: root });
  }

  async run(run: Run): Promise<Outcome> {
    const answered = new AbortController();
    const { signal } = answered;
    const ended = once(this.child, 'exit', { signal }).then(([code]) => {
      throw new Error(`the process that runs the command ended with ${code}`);
    });
    this.child.send(run);
    try {
      const [outcome] = (await Promise.race([once(this.child, 'message', { signal }), ended])) as [Outcome];
      return outcome;
    } finally {
      answered.abort();
    }
  }

  stop(): void {
    this.child.disconnect();
  }
}
