import { quote } from '../wording';
import type { Reading } from './setting';
import { regionForm } from './zones';

/** What Argo CD as an EKS Capability requires: it knows no other users than those of IAM Identity Center. */
export interface ArgoCdSettings {
  /** ARN of the instance of IAM Identity Center. */
  readonly identityCenterArn: string;
  /** Region of that instance. */
  readonly identityCenterRegion: string;
  /** ID of the group there that administers Argo CD. */
  readonly adminGroupId: string;
}

const example: ArgoCdSettings = {
  identityCenterArn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef',
  identityCenterRegion: 'eu-west-1',
  adminGroupId: '12345678-1234-1234-1234-123456789012',
};

interface FieldForm {
  /** What it is, for messages. */
  readonly what: string;
  readonly form: RegExp;
  /** Prints it. */
  readonly command: string;
}

const fields: Readonly<Record<keyof ArgoCdSettings, FieldForm>> = {
  identityCenterArn: {
    what: 'the ARN of an instance of IAM Identity Center',
    form: /^arn:aws[a-z-]*:sso:::instance\/(sso)?ins-[a-zA-Z0-9.-]{16}$/,
    command: 'aws sso-admin list-instances',
  },
  identityCenterRegion: {
    what: 'a region',
    form: regionForm,
    command: 'aws sso-admin list-instances --region REGION finds it there',
  },
  adminGroupId: {
    what: 'the ID of a group',
    form: /^([0-9a-f]{10}-)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    command: 'aws identitystore list-groups --identity-store-id ID',
  },
};

/** Reads all three, which an environment gives as an object and the command line as JSON. */
export function readArgoCd(text: string): Reading<ArgoCdSettings> {
  const given = parseObject(text);
  const names = Object.keys(fields) as readonly (keyof ArgoCdSettings)[];
  if (given === undefined) {
    return {
      problem: `argoCd ${quote(text)} is not an object with ${names.join(', ')}: write it as ${JSON.stringify(example)}`,
    };
  }
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(fields, name));
  if (unknown !== undefined) {
    return { problem: `argoCd has no field ${quote(unknown)}: its fields are ${names.join(', ')}` };
  }
  const wrong = names.find((name) => !fields[name].form.test(String(given[name])));
  if (wrong === undefined) {
    return { value: given as unknown as ArgoCdSettings };
  }
  const { what, command } = fields[wrong];
  const received =
    given[wrong] === undefined ? 'is missing' : `${quote(String(given[wrong]))} is not ${what}`;
  return { problem: `argoCd: ${wrong} ${received}: write it as ${example[wrong]} (${command})` };
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}
