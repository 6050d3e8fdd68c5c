import type { OptionValues } from '../option-table';
import { planOf, type settingsOptions } from '../settings-options';
import type { PredictedPlan } from './expect';

/** The plan of an environment, as far as it can be verified. */
export function loadPlan(
  values: OptionValues<typeof settingsOptions> = { environment: undefined, setting: [], app: undefined },
): PredictedPlan {
  const { environment, variants } = planOf(values);
  return {
    stackName: environment.values.stackName,
    profiles: variants[0]!.clusters[0]!.profiles.map(({ name, selectors }) => ({ name, selectors })),
    variants: variants.map(({ variant, clusters: [plan] }) => ({
      variant: variant!,
      objects: plan!.objects.flatMap(({ objects }) => objects),
      check: plan!.check(),
    })),
  };
}
