/** Whether a manifest can be applied at all. */
import type { Rule } from './rule';
import { OBJECTS } from './sources';

export const manifestRules: readonly Rule[] = [
  {
    id: 'not-an-object',
    severity: 'error',
    why: 'What has no kind cannot be applied, and nothing in it was checked.',
    source: OBJECTS,
    judges: 'together',
    check: ({ rejected }) => rejected.map((object) => ({ object, text: `${object.reason}.` })),
  },
];
