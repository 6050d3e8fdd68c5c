import { statSync } from 'node:fs';
import path from 'node:path';
import { CfnResource, type Stack } from 'aws-cdk-lib';
import { UserError } from '../user-error';

/** Resources of one stack that CloudFormation takes. */
export const mostResources = 500;

/**
 * Bytes of one template that CloudFormation takes: its quota says 1 MB, its error message
 * "Template may not exceed 1000000 bytes in size".
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
const mostTemplateBytes = 1_000_000;

/** Stacks that have their limits: each workload asks for them. */
const limited = new WeakSet<Stack>();

const split = 'Move some workloads to a second stack, with the cluster of this one (docs/limits.md).';

/**
 * Has the synthesis refuse what CloudFormation would refuse after the upload: too many resources, which CDK
 * would report without saying what to do, and too large a template, which CDK does not notice. Asked for again,
 * it changes nothing.
 */
export function enforceStackLimits(stack: Stack): void {
  if (limited.has(stack)) {
    return;
  }
  limited.add(stack);

  stack.node.addValidation({ validate: () => tooManyResources(stack) });

  // A template's size is known once it is written, which is after every validation. CDK has no hook there for
  // one stack, and a subclass of one synthesizer would miss a stack that was given another: so the method of
  // whichever the stack has is wrapped.
  const { synthesizer } = stack;
  const synthesize = synthesizer.synthesize.bind(synthesizer);
  synthesizer.synthesize = (session) => {
    synthesize(session);
    const { size } = statSync(path.join(session.assembly.outdir, stack.templateFile));
    if (size > mostTemplateBytes) {
      throw new UserError([
        `Stack ${stack.stackName}: its template has ${size} bytes, and CloudFormation takes ${mostTemplateBytes}. ${split}`,
      ]);
    }
  };
}

function tooManyResources(stack: Stack): string[] {
  const { length } = stack.node
    .findAll()
    .filter((construct) => CfnResource.isCfnResource(construct) && construct.stack === stack);
  return length > mostResources
    ? [
        `Stack ${stack.stackName}: has ${length} resources, and CloudFormation takes ${mostResources}. ${split}`,
      ]
    : [];
}
