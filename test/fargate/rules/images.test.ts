import { imageCases } from '../support/image-cases';
import { testRules } from '../support/rule-cases';

testRules(imageCases);
