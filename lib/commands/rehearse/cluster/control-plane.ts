import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { BackgroundProgram } from '../../kubernetes/background-program';
import type { Kubectl } from './kubectl';
import type { ControlPlanePrograms } from './programs';

/** A machine with other work to do may need a minute. */
const readiness = { timeoutMs: 120_000 };

export interface ControlPlaneProps {
  readonly programs: ControlPlanePrograms;
  /** Folder for the data, which the control plane removes at the end. */
  readonly folder: string;
  /** Makes a kubectl that uses a kubeconfig. */
  readonly kubectlOf: (kubeconfig: string) => Kubectl;
  readonly signal?: AbortSignal;
}

/**
 * A Kubernetes control plane of three processes on loopback, without kubelets and without Docker, as controller-runtime's
 * envtest starts it. The controller manager is in it because a rollout is the work of controllers.
 *
 * @see https://book.kubebuilder.io/reference/envtest
 */
export class ControlPlane {
  /** kubectl with the rights of cluster-admin, which CDK's handler has too. */
  readonly kubectl: Kubectl;

  private readonly programs: BackgroundProgram[] = [];

  private constructor(private readonly props: ControlPlaneProps) {
    this.kubectl = props.kubectlOf(path.join(props.folder, 'kubeconfig'));
  }

  /**
   * Starts the processes.
   *
   * @throws CouldNotLook with the last words of the process that did not start.
   */
  static async start(props: ControlPlaneProps): Promise<ControlPlane> {
    const controlPlane = new ControlPlane(props);
    try {
      await controlPlane.run();
    } catch (error) {
      await controlPlane.stop();
      throw error;
    }
    return controlPlane;
  }

  /** Ends the processes and removes their data. */
  async stop(): Promise<void> {
    for (const program of this.programs.toReversed()) {
      await program.stop();
    }
    rmSync(this.props.folder, { recursive: true, force: true });
  }

  private async run(): Promise<void> {
    const { programs, folder, signal } = this.props;
    const file = (name: string): string => path.join(folder, name);
    const [etcdPort, peerPort, apiPort] = await freePorts(3);
    const etcd = `http://127.0.0.1:${etcdPort}`;
    const peer = `http://127.0.0.1:${peerPort}`;
    const token = randomBytes(24).toString('hex');
    mkdirSync(folder, { recursive: true });
    writeKeys(file('service-account.key'), file('service-account.pub'));
    writeFileSync(file('tokens.csv'), `${token},rehearsal,rehearsal,system:masters\n`, { mode: 0o600 });
    writeFileSync(
      file('kubeconfig'),
      kubeconfig(`https://127.0.0.1:${apiPort}`, file('certs/apiserver.crt'), token),
      {
        mode: 0o600,
      },
    );

    const store = this.start(programs.etcd, [
      `--data-dir=${file('etcd')}`,
      // Nothing is kept beyond the run.
      '--unsafe-no-fsync',
      `--listen-client-urls=${etcd}`,
      `--advertise-client-urls=${etcd}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
    ]);
    await store.untilReady(async () => (await fetch(`${etcd}/health`)).ok, { ...readiness, signal });
    const apiServer = this.start(programs.apiServer, [
      `--etcd-servers=${etcd}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      `--secure-port=${apiPort}`,
      // It signs a certificate for itself there.
      `--cert-dir=${file('certs')}`,
      '--service-cluster-ip-range=172.20.0.0/16',
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${file('service-account.pub')}`,
      `--service-account-signing-key-file=${file('service-account.key')}`,
      `--token-auth-file=${file('tokens.csv')}`,
      '--authorization-mode=RBAC',
      // As in EKS: what a namespace admits is for Pod Security to say.
      '--allow-privileged=true',
    ]);
    await apiServer.untilReady(
      async () =>
        existsSync(file('certs/apiserver.crt')) && (await this.kubectl.run(['get', '--raw=/readyz'])).ok,
      { ...readiness, signal },
    );
    const controllerManager = this.start(programs.controllerManager, [
      `--kubeconfig=${file('kubeconfig')}`,
      '--secure-port=0',
      '--leader-elect=false',
      `--service-account-private-key-file=${file('service-account.key')}`,
      `--root-ca-file=${file('certs/apiserver.crt')}`,
      '--use-service-account-credentials=false',
      // There are no kubelets that report, no routes, no load balancers.
      '--controllers=*,-node-ipam-controller,-node-route-controller,-node-lifecycle-controller,-taint-eviction-controller,-service-lb-controller',
    ]);
    // The first work of the controllers without which no pod is admitted.
    await controllerManager.untilReady(
      async () =>
        (await this.kubectl.run(['get', 'serviceaccount', 'default', '--namespace=kube-system'])).ok,
      { ...readiness, signal },
    );
  }

  private start(file: string, args: readonly string[]): BackgroundProgram {
    const program = new BackgroundProgram(file, args);
    this.programs.push(program);
    return program;
  }
}

function writeKeys(privateFile: string, publicFile: string): void {
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'sec1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  writeFileSync(privateFile, privateKey, { mode: 0o600 });
  writeFileSync(publicFile, publicKey);
}

function kubeconfig(server: string, certificate: string, token: string): string {
  const name = 'rehearsal';
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    contexts: [{ name, context: { cluster: name, user: name } }],
    clusters: [{ name, cluster: { server, 'certificate-authority': certificate } }],
    users: [{ name, user: { token } }],
  });
}

/** Ports of loopback that nobody listens on. */
async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
