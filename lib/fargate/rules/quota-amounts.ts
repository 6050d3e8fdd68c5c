/** Amounts of ResourceQuotas: with one that is wrong, the API server refuses the quota. */
import { describeValue, isUnresolved, type Field } from '../manifest/field';
import { nanoPerUnit } from '../manifest/quantity';
import { readAmounts } from '../sizing/pod-request';
import type { Problem, Rule } from './rule';
import { resourceQuotasPage } from './sources';

/** What is counted in whole numbers. */
const counted = new Set([
  'pods',
  'services',
  'services.loadbalancers',
  'services.nodeports',
  'configmaps',
  'secrets',
  'persistentvolumeclaims',
  'replicationcontrollers',
  'resourcequotas',
]);

export const quotaAmountRule: Rule = {
  id: 'quota-amount',
  severity: 'error',
  why: 'The API server refuses a ResourceQuota with an amount that is no quantity, is negative, or counts objects and is no whole number.',
  source: resourceQuotasPage,
  judges: 'kind',
  group: '',
  kind: 'ResourceQuota',
  check: ({ root }) => {
    const problems: Problem[] = [];
    const hard = root.get('spec').get('hard');
    const amounts = readAmounts(hard, (field: Field) => {
      if (!isUnresolved(field.value)) {
        problems.push({
          text: `${field.path} is ${describeValue(field.value)}, not a quantity`,
          fix: 'Write a number of zero or more with a unit, such as 250m, 0.5, 512Mi or 2.5G.',
        });
      }
    });
    for (const [resource, { nano, text }] of amounts) {
      if (counted.has(resource) && nano % nanoPerUnit !== 0n) {
        problems.push({
          text: `${hard.get(resource).path} is ${text}, not a whole number`,
          fix: 'Write a whole number of zero or more.',
        });
      }
    }
    return problems;
  },
};
