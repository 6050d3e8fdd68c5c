import { networkCases } from '../support/network-cases';
import { testRules } from '../support/rule-cases';

testRules(networkCases);
