import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { exitStatus, type Command } from '../lib/commands/command';
import type { OptionValues } from '../lib/commands/option-table';
import { runProcess } from '../lib/commands/run-command';
import type { Output } from '../lib/commands/terminal';
import { UserError } from '../lib/user-error';
import { quote } from '../lib/wording';
import { measure, type Sample } from './bench/command';
import { figures, type Figure } from './bench/figures';
import { parts, peers, type Case, type Part } from './bench/parts';
import { renderTable } from './bench/render';

const options = {
  only: {
    type: 'string',
    value: 'PART',
    choices: Object.keys(parts),
    multiple: true,
    help: 'what to measure; all unless given',
  },
  peers: {
    type: 'boolean',
    help: 'measure a cluster on plain aws-eks-v2, and on cdk-eks-blueprints where it is installed, and nothing else',
  },
  runs: { type: 'string', value: 'NUMBER', help: 'runs of each case; 5 unless given' },
  json: { type: 'boolean', help: 'print JSON, every run included, in place of the table' },
} as const;

const bench: Command<typeof options> = {
  name: 'bench',
  summary:
    'Measures the commands of this repository. Cases that are compared run in turn, after a run that does not count; times are medians. A ratio compares with a floor of the same run: an empty stack, loaded in the same way.',
  options,
  notes: Object.entries(parts)
    .map(([name, { title }]) => `  ${name}: ${title}`)
    .join('\n'),
  statuses: {
    0: 'measured',
    1: 'a command failed (what was measured before is printed)',
    2: 'wrong usage',
  },
  run: async ({ values }, { stdout, stderr }) => {
    const { chosen, runs, json } = readOptions(values);
    const scratch = mkdtempSync(path.join(tmpdir(), 'bench-'));
    const date = new Date().toISOString();
    const machine = { node: process.version, cores: availableParallelism(), load: loadavg()[0]! };
    const measured: MeasuredPart[] = [];
    let failure: Error | undefined;
    try {
      for (const [name, part] of chosen) {
        measured.push(await measurePart(name, part, { runs, scratch, progress: stderr }));
      }
    } catch (error) {
      failure = error as Error;
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
    const all = measured.flatMap((part) => part.figures);
    if (json) {
      const samples = measured.flatMap((part) => part.samples);
      stdout.write(`${JSON.stringify({ date, machine, figures: all, samples }, undefined, 2)}\n`);
    } else {
      stdout.write(
        `${date}, Node.js ${machine.node}, ${machine.cores} cores, load ${machine.load.toFixed(2)} at the start\n\n`,
      );
      stdout.write(`${renderTable(all)}\n`);
    }
    // After the figures: the parts before it have taken minutes.
    if (failure) {
      stderr.write(`${failure.message}\n`);
      return exitStatus.failed;
    }
    return exitStatus.held;
  },
};

interface Options {
  readonly chosen: ReadonlyArray<readonly [string, Part]>;
  readonly runs: number;
  readonly json: boolean;
}

function readOptions({ only, peers: asked, runs = '5', json }: OptionValues<typeof options>): Options {
  if (!/^[1-9]\d?$/.test(runs)) {
    throw new UserError([`--runs ${quote(runs)}: choose a number from 1 to 99`]);
  }
  if (asked && only.length > 0) {
    throw new UserError(['--peers and --only: choose one of them']);
  }
  const all = Object.entries(parts).filter(([name]) => only.length === 0 || only.includes(name));
  return { chosen: asked ? [['peers', peers]] : all, runs: Number(runs), json };
}

interface MeasuredPart {
  readonly figures: readonly Figure[];
  readonly samples: ReadonlyArray<{ readonly part: string; readonly name: string; readonly runs: Sample[] }>;
}

/** Runs the cases of a part in turn, so that what else happens on the machine meets all of them. */
async function measurePart(
  name: string,
  part: Part,
  { runs: wantedRuns, scratch, progress }: { runs: number; scratch: string; progress: Output },
): Promise<MeasuredPart> {
  const runs = Math.min(wantedRuns, part.mostRuns ?? wantedRuns);
  const warmUps = part.mostRuns === 1 ? 0 : 1;
  const measured = part.cases(scratch).map((of: Case) => ({ of, samples: [] as Sample[] }));
  for (let run = 1 - warmUps; run <= runs; run += 1) {
    for (const { of, samples } of measured) {
      progress.write(`${name}: ${of.name}, ${run < 1 ? 'warm-up' : `run ${run} of ${runs}`}\n`);
      const sample = await measure(of, scratch);
      if (run >= 1) {
        samples.push(sample);
      }
    }
  }
  return {
    figures: figures(name, measured),
    samples: measured.map(({ of, samples }) => ({ part: name, name: of.name, runs: samples })),
  };
}

runProcess(bench);
