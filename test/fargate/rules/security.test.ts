import { securityCases } from '../support/security-cases';
import { testRules } from '../support/rule-cases';

testRules(securityCases);
