import { rmSync } from 'node:fs';
import path from 'node:path';
import { checkTemplates } from '../synthesis/template-validation';
import { UserError } from '../user-error';
import { clusterPlans } from './cluster-plans';
import { createApp } from './create-app';
import type { CreateApp } from './define-app';

/**
 * Synthesizes an app as the CDK CLI asks for it, and says on standard error what each workload gets.
 *
 * @param create makes the app; by default that of lib/stack/create-app.ts.
 * @returns the exit status: 1 where the settings are wrong or a finding refuses the app.
 */
export function synthesize(create: CreateApp = createApp): number {
  try {
    // CDK would synthesize once more before the process ends, and throw what is caught here.
    const { app } = create({ autoSynth: false });
    // CDK's own switch for its validation, which stops no plugin that was added.
    const check = process.env.CDK_VALIDATION === 'false' ? undefined : checkTemplates(app);
    // CDK leaves the report of an earlier synthesis where there is nothing to report, and the CLI would print it again.
    rmSync(path.join(app.outdir, 'validation-report.json'), { force: true });
    app.synth();
    check?.refuseUnchecked();
    for (const line of clusterPlans(app).flatMap((plan) => plan.summary())) {
      console.error(line);
    }
    return 0;
  } catch (error) {
    if (!isForTheUser(error)) {
      throw error;
    }
    console.error(error.message);
    return 1;
  }
}

/** Wrong settings, and findings of the validation: both say themselves what to do, a stack trace would bury it. */
function isForTheUser(error: unknown): error is Error {
  return (
    error instanceof UserError ||
    (error instanceof Error && error.message.startsWith('Validation failed with the following errors'))
  );
}
