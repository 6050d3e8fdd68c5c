/** What the reader of fields met and could not read. */
import type { Rule } from './rule';
import { apiReferencePage } from './sources';

export const wrongTypeRule: Rule = {
  id: 'wrong-type',
  severity: 'error',
  why: 'The API server refuses a field of the wrong type, and what it holds could not be checked.',
  source: apiReferencePage,
  judges: 'object',
  check: ({ wrongTypes }) =>
    [...wrongTypes.values()].map(({ path, received, wanted }) => ({
      text: `${path} is ${received}, not ${wanted}`,
      fix:
        wanted === 'a string' && /^the (number|boolean) /u.test(received)
          ? 'Quote the value.'
          : 'Correct the type.',
    })),
};
