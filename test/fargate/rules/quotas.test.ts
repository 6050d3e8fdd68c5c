import { quotaCases } from '../support/quota-cases';
import { testRules } from '../support/rule-cases';

testRules(quotaCases);
