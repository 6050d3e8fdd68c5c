import { manifestCases } from '../support/manifest-cases';
import { testRules } from '../support/rule-cases';

testRules(manifestCases);
