import type { Template } from 'aws-cdk-lib/assertions';
import { stringify } from 'yaml';

/**
 * A template as YAML, without what changes by itself: hashes of assets, whose suffix stays, and the check of
 * the bootstrap version that CDK adds to every stack.
 */
export function stableTemplate(template: Template): string {
  const { Rules: _rules, Parameters: _parameters, ...rest } = template.toJSON();
  return stringify(rest, { lineWidth: 0, aliasDuplicateObjects: false }).replaceAll(
    /\b[0-9a-f]{64}(?=\.zip\b)/g,
    '<asset>',
  );
}
