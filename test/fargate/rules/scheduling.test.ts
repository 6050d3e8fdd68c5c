import { schedulingCases } from '../support/scheduling-cases';
import { testRules } from '../support/rule-cases';

testRules(schedulingCases);
