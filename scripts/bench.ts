/** `npm run bench`: how long the commands take, and what that is in terms of an empty stack. */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { measure, type Sample } from './bench/command';
import { figures, type Figure } from './bench/figures';
import { parts, type Case, type Part } from './bench/parts';
import { renderTable } from './bench/render';

const help = `Measures the commands of this repository. Cases that are compared run in turn, after a run that does not
count; times are medians. A ratio compares with a floor of the same run: an empty stack, loaded in the same way.

  npm run bench -- [--only part,part] [--runs number] [--json]

  --only   parts to measure (default: all)
${Object.entries(parts)
  .map(([name, { title }]) => `             ${name.padEnd(10)} ${title}`)
  .join('\n')}
  --runs   runs of each case (default: 5)
  --json   prints JSON, every run included, in place of the table
  --help

Exit status: 0 measured, 1 a command failed (what was measured before is printed), 2 wrong usage.`;

interface Options {
  readonly only: readonly string[];
  readonly runs: number;
  readonly json: boolean;
}

/** @returns what is wrong, where the arguments cannot be read. */
function readOptions(args: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        only: { type: 'string', default: Object.keys(parts).join(',') },
        runs: { type: 'string', default: '5' },
        json: { type: 'boolean', default: false },
      },
    });
    const only = values.only.split(',');
    const unknown = only.find((name) => !Object.hasOwn(parts, name));
    if (unknown !== undefined) {
      return `unknown part "${unknown}": choose from ${Object.keys(parts).join(', ')}`;
    }
    if (!/^[1-9]\d?$/.test(values.runs)) {
      return `--runs "${values.runs}": choose a number from 1 to 99`;
    }
    return { only, runs: Number(values.runs), json: values.json };
  } catch (error) {
    return (error as Error).message;
  }
}

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    console.log(help);
    return 0;
  }
  const options = readOptions(args);
  if (typeof options === 'string') {
    console.error(`${options} (npm run bench -- --help)`);
    return 2;
  }
  const scratch = mkdtempSync(path.join(tmpdir(), 'bench-'));
  const date = new Date().toISOString();
  const machine = { node: process.version, cores: availableParallelism(), load: loadavg()[0]! };
  const measured: MeasuredPart[] = [];
  let failure: Error | undefined;
  try {
    for (const name of options.only) {
      measured.push(await measurePart(name, parts[name]!, options.runs, scratch));
    }
  } catch (error) {
    failure = error as Error;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  const all = measured.flatMap((part) => part.figures);
  if (options.json) {
    const samples = measured.flatMap((part) => part.samples);
    console.log(JSON.stringify({ date, machine, figures: all, samples }, undefined, 2));
  } else {
    console.log(
      `${date}, Node.js ${machine.node}, ${machine.cores} cores, load ${machine.load.toFixed(2)} at the start\n`,
    );
    console.log(renderTable(all));
  }
  // After the figures: the parts before it have taken minutes.
  if (failure) {
    console.error(failure.message);
  }
  return failure ? 1 : 0;
}

interface MeasuredPart {
  readonly figures: readonly Figure[];
  readonly samples: ReadonlyArray<{ readonly part: string; readonly name: string; readonly runs: Sample[] }>;
}

/** Runs the cases of a part in turn, so that what else happens on the machine meets all of them. */
async function measurePart(
  name: string,
  part: Part,
  wantedRuns: number,
  scratch: string,
): Promise<MeasuredPart> {
  const runs = Math.min(wantedRuns, part.mostRuns ?? wantedRuns);
  const warmUps = part.mostRuns === 1 ? 0 : 1;
  const measured = part.cases(scratch).map((of: Case) => ({ of, samples: [] as Sample[] }));
  for (let run = 1 - warmUps; run <= runs; run += 1) {
    for (const { of, samples } of measured) {
      console.error(`${name}: ${of.name}, ${run < 1 ? 'warm-up' : `run ${run} of ${runs}`}`);
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

void main(process.argv.slice(2)).then((status) => (process.exitCode = status));
