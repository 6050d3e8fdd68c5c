import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const programs = ['etcd', 'kube-apiserver'] as const;

/**
 * Folder with etcd and kube-apiserver, named as controller-runtime's envtest has it: `KUBEBUILDER_ASSETS`.
 * Undefined where it is not set, or holds no such programs: what asks a real API server is then not run.
 */
export const kubernetesPrograms: string | undefined = findPrograms();

function findPrograms(): string | undefined {
  const folder = process.env['KUBEBUILDER_ASSETS'];
  return folder !== undefined && programs.every((program) => existsSync(path.join(folder, program)))
    ? folder
    : undefined;
}

/** What the API server answered. */
export interface Answer {
  readonly status: number;
  readonly body: { readonly message?: string; readonly [key: string]: unknown };
}

/** A Kubernetes API server of its own on loopback, without nodes and without service accounts. */
export class ApiServer {
  private readonly processes: ChildProcess[] = [];
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'api-server-'));
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 16 });
  private port = 0;
  private certificate = '';

  /** Starts etcd and the API server, and waits until it is ready. */
  async start(folder: string): Promise<void> {
    const [client, peer, port] = await Promise.all([freePort(), freePort(), freePort()]);
    this.port = port;
    const url = (of: number) => `http://127.0.0.1:${of}`;
    this.run(path.join(folder, 'etcd'), {
      'data-dir': path.join(this.folder, 'etcd'),
      'listen-client-urls': url(client),
      'advertise-client-urls': url(client),
      'listen-peer-urls': url(peer),
      'initial-advertise-peer-urls': url(peer),
      'initial-cluster': `default=${url(peer)}`,
    });
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = path.join(this.folder, 'service-account.key');
    writeFileSync(key, privateKey.export({ type: 'pkcs1', format: 'pem' }));
    const tokens = path.join(this.folder, 'tokens.csv');
    writeFileSync(tokens, 'test,test,test\n');
    this.run(path.join(folder, 'kube-apiserver'), {
      'etcd-servers': url(client),
      'bind-address': '127.0.0.1',
      'advertise-address': '127.0.0.1',
      'secure-port': String(port),
      'cert-dir': path.join(this.folder, 'certificates'),
      'service-cluster-ip-range': '172.20.0.0/16',
      'service-account-issuer': 'https://kubernetes.default.svc',
      'service-account-key-file': key,
      'service-account-signing-key-file': key,
      'token-auth-file': tokens,
      'authorization-mode': 'AlwaysAllow',
      'disable-admission-plugins': 'ServiceAccount',
      'allow-privileged': 'true',
    });
    await this.untilReady();
  }

  /** Ends both processes, and removes their files. */
  async stop(): Promise<void> {
    this.agent.destroy();
    await Promise.all(
      this.processes.map(async (process) => {
        if (process.exitCode === null && process.signalCode === null) {
          process.kill('SIGKILL');
          await once(process, 'exit');
        }
      }),
    );
    rmSync(this.folder, { recursive: true, force: true });
  }

  async post(url: string, object: unknown): Promise<Answer> {
    return this.send('POST', url, JSON.stringify(object));
  }

  private run(program: string, flags: Readonly<Record<string, string>>): void {
    const args = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
    this.processes.push(spawn(program, args, { stdio: 'ignore' }));
  }

  private async untilReady(): Promise<void> {
    const certificate = path.join(this.folder, 'certificates', 'apiserver.crt');
    for (let attempt = 0; ; attempt += 1) {
      this.certificate = existsSync(certificate) ? readFileSync(certificate, 'utf8') : '';
      const answer = await this.send('GET', '/readyz').catch(() => undefined);
      if (answer?.status === 200) {
        return;
      }
      if (attempt === 300 || this.processes.some(({ exitCode }) => exitCode !== null)) {
        throw new Error('the API server did not start');
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  private send(method: string, url: string, body?: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          host: '127.0.0.1',
          port: this.port,
          method,
          path: url,
          headers: { Authorization: 'Bearer test', 'Content-Type': 'application/json' },
          agent: this.agent,
          ca: this.certificate,
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString();
            const isJson = response.headers['content-type']?.includes('json') === true;
            resolve({
              status: response.statusCode ?? 0,
              body: isJson ? JSON.parse(text) : { message: text },
            });
          });
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
