import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Api } from '../../../../lib/commands/rehearse/cluster/api';
import { ControlPlane } from '../../../../lib/commands/rehearse/cluster/control-plane';
import { Kubectl } from '../../../../lib/commands/rehearse/cluster/kubectl';
import {
  assetsVariable,
  findControlPlane,
  findKubectl,
} from '../../../../lib/commands/rehearse/cluster/programs';
import { FargatePlayer } from '../../../../lib/commands/rehearse/fargate-player/fargate-player';
import type { FargateProfile } from '../../../../lib/fargate/sizing/profile';

const assets = process.env[assetsVariable];

/** Folder of the programs of a control plane; undefined where they are not at hand. */
export const programsFolder =
  assets !== undefined && existsSync(path.join(assets, 'kube-controller-manager')) ? assets : undefined;

/** `describe` where the programs are at hand. Elsewhere the tests are skipped, and one line says so. */
export const describeWithPrograms: (name: string, tests: () => void) => void =
  programsFolder === undefined
    ? (name, tests) => {
        process.stderr.write(
          `${name}: not run, ${assetsVariable} names no folder with etcd, kube-apiserver and kube-controller-manager (docs/rehearse.md)\n`,
        );
        describe.skip(name, tests);
      }
    : describe;

/** Time for a test with real programs, on a machine that does other work: nothing waits for it. */
export const generousMs = 180_000;

/** Plays Fargate on the cluster of a test, which stops it. */
export async function playFargate(api: Api, profiles: readonly FargateProfile[]): Promise<FargatePlayer> {
  const player = new FargatePlayer({
    api,
    profiles,
    kubernetesVersion: '1.36',
    place: { region: 'eu-west-1', kubelet: 'v1.36.3' },
    spared: [],
  });
  await player.start();
  return player;
}

/** A control plane of the tests' own. */
export class RealCluster {
  private constructor(
    readonly controlPlane: ControlPlane,
    readonly api: Api,
    private readonly scratch: string,
  ) {}

  static async start(): Promise<RealCluster> {
    const scratch = mkdtempSync(path.join(tmpdir(), 'real-cluster-'));
    const kubectl = findKubectl(programsFolder, scratch);
    const controlPlane = await ControlPlane.start({
      programs: findControlPlane(programsFolder!),
      folder: path.join(scratch, 'control-plane'),
      kubectlOf: (kubeconfig) => new Kubectl(kubectl, [`--kubeconfig=${kubeconfig}`], process.env),
    });
    return new RealCluster(controlPlane, await Api.connect(controlPlane.kubectl), scratch);
  }

  /** File by which kubectl finds it, under the context `rehearsal`. */
  get kubeconfig(): string {
    return path.join(this.scratch, 'control-plane/kubeconfig');
  }

  async stop(): Promise<void> {
    await this.api.close();
    await this.controlPlane.stop();
    rmSync(this.scratch, { recursive: true, force: true });
  }

  /**
   * Runs kubectl.
   *
   * @returns what it writes.
   * @throws if it fails.
   */
  async kubectl(args: string, input?: object): Promise<string> {
    const result = await this.controlPlane.kubectl.run(args.split(' '), {
      input: JSON.stringify(input ?? {}),
    });
    if (!result.ok) {
      throw new Error(`kubectl ${args}: ${result.stderr}`);
    }
    return result.stdout;
  }
}
