/** Namespace of the checkout service and its redis. */
export const checkoutNamespace = 'checkout';

/** Label of everything that stems from the EKS Workshop's retail store. */
export const createdBy = { 'app.kubernetes.io/created-by': 'eks-workshop' } as const;

/**
 * Labels that select the pods of one component.
 *
 * A Deployment's selector is immutable, so these must never change. They are spelled out because
 * cdk8s-plus derives its default selector from the construct path, and moving a construct would change it.
 */
export function selectorLabels(component: 'service' | 'redis'): Record<string, string> {
  return {
    'app.kubernetes.io/name': 'checkout',
    'app.kubernetes.io/instance': 'checkout',
    'app.kubernetes.io/component': component,
  };
}
