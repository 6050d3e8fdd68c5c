import type { FargatePlan } from '../../synthesis/fargate-plan';

type Labels = Readonly<Record<string, string>>;

/** What the Services of a namespace select that a load balancer sends to. */
export function exposedSelectors(plan: FargatePlan, namespace: string): readonly Labels[] {
  const objects = plan.objectsIn(namespace);
  const exposed = new Set(
    objects
      .filter(({ kind }) => kind === 'TargetGroupBinding')
      .map(({ spec }) => (spec as { readonly serviceRef?: { readonly name?: string } }).serviceRef?.name),
  );
  return objects
    .filter(({ kind, metadata }) => kind === 'Service' && exposed.has(metadata?.name))
    .map(({ spec }) => (spec as { readonly selector?: Labels }).selector)
    .filter((selector) => selector !== undefined);
}
