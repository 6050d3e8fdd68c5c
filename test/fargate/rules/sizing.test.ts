import { sizingCases } from '../support/sizing-cases';
import { testRules } from '../support/rule-cases';

testRules(sizingCases);
