import { quote } from '../wording';
import { splitList, type Reading } from './setting';

/** Reads ARNs of IAM roles and users, separated by commas. */
export function readPrincipals(name: string, text: string): Reading<readonly string[]> {
  const arns = splitList(text);
  const problem = principalsProblem(name, arns);
  return problem ? { problem } : { value: arns };
}

/** What is wrong with ARNs of IAM roles and users; undefined where nothing is. */
export function principalsProblem(name: string, arns: readonly string[]): string | undefined {
  return arns.map((arn) => principalProblem(name, arn)).find(Boolean) ?? repeated(name, arns);
}

function principalProblem(name: string, arn: string): string | undefined {
  const subject = `${name} ${quote(arn)}`;
  const [, account, role] = /^arn:[\w-]+:sts::(\d+):assumed-role\/([^/]+)/.exec(arn) ?? [];
  if (role) {
    return `${subject} is a session of a role: name the role itself, with its path if it has one, as arn:aws:iam::${account}:role/${role} (aws iam get-role --role-name ${role} --query Role.Arn)`;
  }
  return /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=.@/-]+$/.test(arn)
    ? undefined
    : `${subject} is not the ARN of an IAM role or user: write one as arn:aws:iam::111122223333:role/Admin`;
}

function repeated(name: string, arns: readonly string[]): string | undefined {
  const twice = arns.find((arn, index) => arns.indexOf(arn) < index);
  return twice && `${name} names ${quote(twice)} twice: name it once`;
}
