import { checkoutVariantNames, type CheckoutVariantName } from '../../charts/checkout/variants';
import { closestName, orList, quote } from '../wording';
import { readPrincipals } from './principals';
import { isOneOf, type Reading, type SettingsOf } from './setting';

/** What can be set for the demo. A fork without checkout deletes this file (docs/starting-without-checkout.md). */
export interface CheckoutSettings {
  /** Step of the lab that the checkout Deployment is at. */
  readonly variant: CheckoutVariantName;
  /** Image of the checkout service, with tag or digest. */
  readonly checkoutImage: string;
  /** Image of the redis that checkout keeps its carts in, with tag or digest. */
  readonly redisImage: string;
  /** URL of the orders service, which is not part of this stack. */
  readonly ordersEndpoint: string;
  /**
   * ARNs of the IAM roles and users that work in the namespace of checkout, which then has a quota.
   *
   * @default - nobody but the administrators of the cluster
   */
  readonly checkoutTeamArns?: readonly string[];
}

/** The values of the workshop, with the images that its authors and those of redis maintain (docs/decisions/images.md). */
export const workshopCheckout: CheckoutSettings = {
  variant: 'labelled',
  checkoutImage: 'public.ecr.aws/aws-containers/retail-store-sample-checkout:1.6.2',
  redisImage: 'public.ecr.aws/docker/library/redis:8.10.2-alpine',
  ordersEndpoint: 'http://orders.orders.svc:80',
};

/** The readers of these settings. */
export const checkoutSettings: SettingsOf<CheckoutSettings> = {
  variant: {
    description: 'Step of the lab: `labelled`, `resized` or `scaled`.',
    read: (text) =>
      isOneOf(checkoutVariantNames, text)
        ? { value: text }
        : {
            problem: `unknown variant ${quote(text)}: choose ${orList(checkoutVariantNames)} (cdk deploy -c variant=${closestName(text, checkoutVariantNames) ?? 'resized'})`,
          },
  },
  checkoutImage: {
    description: 'Image of the checkout service.',
    read: (text) => readImage('checkoutImage', text),
  },
  redisImage: {
    description: 'Image of redis.',
    read: (text) => readImage('redisImage', text),
  },
  ordersEndpoint: {
    description: 'URL of the orders service, which is not part of this stack.',
    read: (text) =>
      /^https?:\/\/[^\s/]+\S*$/.test(text)
        ? { value: text }
        : {
            problem: `ordersEndpoint ${quote(text)} is not an http(s) URL: write one as http://orders.orders.svc:80`,
          },
  },
  checkoutTeamArns: {
    description:
      'ARNs of the IAM roles and users that work in the namespace of checkout, separated by commas. The namespace then has a quota (docs/teams.md).',
    otherwise: 'administrators only',
    read: (text) => readPrincipals('checkoutTeamArns', text),
  },
};

/** Reads a container image that is pinned by tag or digest. */
function readImage(name: string, text: string): Reading<string> {
  return /^[a-z0-9][\w./:-]*(:\w[\w.-]{0,127}|@sha256:[0-9a-f]{64})$/.test(text)
    ? { value: text }
    : {
        problem: `${name} ${quote(text)} is not an image with a tag or digest: write one as repository:1.2.1`,
      };
}
