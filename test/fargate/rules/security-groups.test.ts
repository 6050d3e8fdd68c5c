import { testRules } from '../support/rule-cases';
import { securityGroupCases } from '../support/security-group-cases';

testRules(securityGroupCases);
