import { volumeCases } from '../support/volume-cases';
import { testRules } from '../support/rule-cases';

testRules(volumeCases);
