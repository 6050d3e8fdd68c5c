import { hostCases } from '../support/host-cases';
import { testRules } from '../support/rule-cases';

testRules(hostCases);
