/**
 * Text without the suffixes that profiles get by their content: `web-profile-3f2a91` becomes `web-profile`. What the
 * content is, the test of ContentNamedProfile shows.
 */
export function withoutSuffixes(text: string): string {
  return text.replaceAll(/(-profile)-[0-9a-f]{6}\b/g, '$1');
}
