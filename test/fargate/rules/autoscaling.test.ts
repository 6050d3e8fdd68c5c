import { autoscalingCases } from '../support/autoscaling-cases';
import { testRules } from '../support/rule-cases';

testRules(autoscalingCases);
