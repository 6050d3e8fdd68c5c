import { exitStatus, type Command } from '../lib/commands/command';
import { runProcess } from '../lib/commands/run-command';
import { UserError } from '../lib/user-error';
import { pairAssemblies, stacksOf, type AssemblyPair } from './template-diff/assemblies';
import { difference } from './template-diff/difference';
import { renderMarkdown, renderText, type Change } from './template-diff/render';

const options = {
  format: { type: 'string', value: 'FORMAT', choices: ['text', 'markdown'], help: 'text unless given' },
} as const;

const templateDiff: Command<typeof options> = {
  name: 'template-diff',
  summary:
    'Prints what a deploy of AFTER changes in what BEFORE deployed: two synthesized apps, as "cdk synth --output FOLDER" writes them. Or two folders of such, compared by name. Manifests are compared object by object.',
  positionals: 'BEFORE AFTER',
  options,
  notes: 'It needs no AWS account: what is compared are the files.',
  statuses: { 0: 'compared', 2: 'wrong usage, or no synthesized app' },
  run: ({ values, positionals }, { stdout }) => {
    const [before, after, ...more] = positionals;
    if (before === undefined || after === undefined || more.length > 0) {
      throw new UserError(['two folders are compared: write npm run --silent template-diff -- BEFORE AFTER']);
    }
    const render = values.format === 'markdown' ? renderMarkdown : renderText;
    stdout.write(`${render(pairAssemblies(before, after).flatMap(changesOf))}\n`);
    return exitStatus.held;
  },
};

/** What changes in each stack of a pair. */
function changesOf({ name, before, after }: AssemblyPair): readonly Change[] {
  const [old, current] = [stacksOf(before), stacksOf(after)];
  return [...new Set([...old.keys(), ...current.keys()])].map((stack) => ({
    title: `${name}: ${stack}${old.has(stack) ? '' : ' (new)'}${current.has(stack) ? '' : ' (gone)'}`,
    text: difference(old.get(stack), current.get(stack)),
  }));
}

runProcess(templateDiff);
