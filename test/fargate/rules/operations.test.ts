import { operationsCases } from '../support/operations-cases';
import { testRules } from '../support/rule-cases';

testRules(operationsCases);
