/** The steps of the workshop's Fargate lab, in order. */
export const checkoutVariantNames = ['labelled', 'resized', 'scaled'] as const;

/** Name of one step: scheduled on Fargate, given more resources, scaled out. */
export type CheckoutVariantName = (typeof checkoutVariantNames)[number];

/** What one step asks of the checkout Deployment. All else is the same in every step. */
export interface CheckoutVariant {
  /** Labels of the pod template in addition to the fixed ones; the Fargate profile selects by them. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Resources of the checkout container, as Kubernetes quantities. */
  readonly resources: {
    readonly requests: { readonly cpu: string; readonly memory: string };
    readonly limits: { readonly memory: string };
  };
  /** Pods wanted: each runs on a Fargate node of its own. */
  readonly replicas: number;
}

const labelled: CheckoutVariant = {
  podLabels: { fargate: 'yes' },
  resources: { requests: { cpu: '250m', memory: '512Mi' }, limits: { memory: '512Mi' } },
  replicas: 1,
};

const resized: CheckoutVariant = {
  ...labelled,
  resources: { requests: { cpu: '1', memory: '2.5G' }, limits: { memory: '2.5G' } },
};

const scaled: CheckoutVariant = { ...resized, replicas: 3 };

/**
 * The lab's steps, each the one before plus one change.
 *
 * @see https://www.eksworkshop.com/docs/fundamentals/compute/fargate/
 */
export const checkoutVariants: Readonly<Record<CheckoutVariantName, CheckoutVariant>> = {
  labelled,
  resized,
  scaled,
};
