/** A CloudFormation template, as far as the order of a deploy is concerned. */
export interface OrderedTemplate {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly DependsOn?: string | readonly string[] }>
  >;
}

/**
 * The longest chain of resources that CloudFormation has to create one after the other.
 *
 * @param counts whether a resource takes time; the others are links, and left out of the answer.
 * @returns logical IDs, first to last.
 */
export function longestChain(
  { Resources }: OrderedTemplate,
  counts: (type: string) => boolean,
): readonly string[] {
  const known = new Map<string, readonly string[]>();
  const chainTo = (logicalId: string): readonly string[] => {
    const chain =
      known.get(logicalId) ??
      [...references(Resources[logicalId], Resources)]
        .map(chainTo)
        .reduce((longest, other) => (other.length > longest.length ? other : longest), [])
        .concat(counts(Resources[logicalId]!.Type) ? [logicalId] : []);
    known.set(logicalId, chain);
    return chain;
  };
  return Object.keys(Resources)
    .map(chainTo)
    .reduce((longest, other) => (other.length > longest.length ? other : longest), []);
}

/** Logical IDs of the resources that a part of a template names, by DependsOn, Ref, Fn::GetAtt or Fn::Sub. */
function references(part: unknown, resources: OrderedTemplate['Resources']): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (name: unknown) => {
    if (typeof name === 'string' && Object.hasOwn(resources, name)) {
      found.add(name);
    }
  };
  const read = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) {
      return;
    }
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'DependsOn') {
        [inner].flat().forEach(add);
      } else if (key === 'Ref') {
        add(inner);
      } else if (key === 'Fn::GetAtt') {
        add(Array.isArray(inner) ? inner[0] : String(inner).split('.')[0]);
      } else if (key === 'Fn::Sub') {
        for (const [, name] of JSON.stringify(inner).matchAll(/\$\{([^.}]+)/g)) {
          add(name);
        }
      }
      read(inner);
    }
  };
  read(part);
  return found;
}
