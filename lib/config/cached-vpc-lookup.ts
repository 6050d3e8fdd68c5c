/** Account and region. */
export interface Environment {
  readonly account: string;
  readonly region: string;
}

/**
 * Where a VPC was looked up, by what cdk.context.json keeps: with it, a synthesis needs no credentials.
 *
 * @returns undefined unless the VPC was looked up in exactly one place.
 */
export function cachedVpcLookup(
  context: Readonly<Record<string, unknown>>,
  vpcId: string,
): Environment | undefined {
  const found = Object.keys(context)
    .filter((key) => key.startsWith('vpc-provider:') && key.includes(`:filter.vpc-id=${vpcId}:`))
    .map((key) => /:account=(?<account>\d+):.*:region=(?<region>[\w-]+)/.exec(key)?.groups);
  const [only, ...others] = found;
  return only && others.length === 0 ? { account: only.account!, region: only.region! } : undefined;
}
