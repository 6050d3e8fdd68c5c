import { loggingCases } from '../support/logging-cases';
import { testRules } from '../support/rule-cases';

testRules(loggingCases);
