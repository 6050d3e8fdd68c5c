import type { EnvironmentPlan, VariantPlan } from '../stack/plan-environment';
import { UserError } from '../user-error';
import { orList, quote } from '../wording';

/**
 * The plan at one value of `variant`.
 *
 * @throws UserError if the app has no such variant.
 */
export function variantNamed({ variants }: Pick<EnvironmentPlan, 'variants'>, name: string): VariantPlan {
  const found = variants.find(({ variant }) => variant === name);
  if (found !== undefined) {
    return found;
  }
  const names = variants.flatMap(({ variant }) => variant ?? []);
  throw new UserError([
    `unknown variant ${quote(name)}: ${names.length > 0 ? `choose ${orList(names)}` : 'the app has none'}`,
  ]);
}
