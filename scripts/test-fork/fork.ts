import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.join(__dirname, '..', '..');

/** What a clone does not have. */
const leftOut = new Set(['.git', 'node_modules', 'cdk.out', 'dist', 'coverage']);

/** A copy of the repository in a temporary folder, with the packages that are installed here. */
export class Fork {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'fork-'));

  constructor() {
    cpSync(root, this.folder, {
      recursive: true,
      filter: (source) => !leftOut.has(path.relative(root, source)),
    });
    symlinkSync(path.join(root, 'node_modules'), path.join(this.folder, 'node_modules'), 'junction');
  }

  /** The text of a file. */
  read(file: string): string {
    return readFileSync(path.join(this.folder, file), 'utf8');
  }

  /** Writes a file. */
  write(file: string, text: string): void {
    writeFileSync(path.join(this.folder, file), text);
  }

  /**
   * Replaces text in a file.
   *
   * @throws if it is not there: the fork would be tried unchanged.
   */
  replace(file: string, text: string | RegExp, by: string): void {
    const before = this.read(file);
    const after = before.replace(text, () => by);
    if (after === before) {
      throw new Error(`${file} no longer has ${text}`);
    }
    this.write(file, after);
  }

  /**
   * Runs commands in it, and stops at the first that fails.
   *
   * @returns what they print on standard output.
   * @throws if one ends with another exit status, with all that was printed.
   */
  run(commands: string, expectedStatus = 0): string {
    const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', commands], {
      cwd: this.folder,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      env: withoutAws(),
    });
    if (status !== expectedStatus) {
      throw new Error(`${commands.trim()}\nended with ${status}, not ${expectedStatus}:\n${stdout}${stderr}`);
    }
    return stdout;
  }

  /** Deletes it. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The environment of this process without a way into AWS, and without what an outer npm run changes in the output. */
function withoutAws(): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name))),
    AWS_CONFIG_FILE: '/nowhere',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
    AWS_EC2_METADATA_DISABLED: 'true',
    NO_COLOR: '1',
    npm_config_loglevel: 'error',
  };
}
