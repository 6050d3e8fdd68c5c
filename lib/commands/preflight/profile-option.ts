/** The option --profile: `NAME:NAMESPACE[:KEY=VALUE,...]`. */
import { checkProfiles } from '../../fargate/check-profiles';
import { countsAs } from '../../fargate/finding';
import type { FargateProfile, FargateSelector } from '../../fargate/sizing/profile';

/** The profiles of all options, undefined for none, and what is wrong with them. */
export function readProfiles(texts: readonly string[]): {
  readonly profiles: readonly FargateProfile[] | undefined;
  readonly mistakes: readonly string[];
} {
  const mistakes: string[] = [];
  const selectors = new Map<string, FargateSelector[]>();
  for (const text of texts) {
    const profile = readProfile(text);
    if (typeof profile === 'string') {
      mistakes.push(profile);
    } else {
      selectors.set(profile.name, [...(selectors.get(profile.name) ?? []), profile.selector]);
    }
  }
  if (selectors.size === 0) {
    return { profiles: undefined, mistakes };
  }
  const profiles = [...selectors].map(([name, own]) => ({ name, selectors: own }));
  const refused = checkProfiles(profiles)
    .filter((finding) => countsAs('error', finding))
    .map(({ message }) => `--profile: ${message}`);
  return { profiles, mistakes: [...mistakes, ...refused] };
}

/** A profile with one selector, or what is wrong with its text. */
function readProfile(text: string): { readonly name: string; readonly selector: FargateSelector } | string {
  const [name = '', namespace = '', labels, ...more] = text.split(':');
  if (name === '' || namespace === '' || more.length > 0) {
    return `--profile "${text}" is not NAME:NAMESPACE[:KEY=VALUE,...], such as checkout-profile:checkout:fargate=yes`;
  }
  const pairs = labels === undefined ? [] : labels.split(',').map((pair) => pair.split('='));
  const wrong = pairs.find((pair) => pair.length !== 2 || pair[0] === '');
  if (wrong !== undefined) {
    return `--profile "${text}": label "${wrong.join('=')}" is not KEY=VALUE, such as fargate=yes`;
  }
  return {
    name,
    selector: {
      namespace,
      ...(labels === undefined ? {} : { labels: Object.fromEntries(pairs) as Record<string, string> }),
    },
  };
}
