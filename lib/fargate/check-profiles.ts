/** Runs the rules about Fargate profiles. */
import type { Finding } from './finding';
import { profileRules } from './rules/profiles';
import type { FargateProfile } from './sizing/profile';
import { wordProblems } from './words';

/** What EKS would refuse in the profiles of one cluster. `index` of a finding is the profile's position. */
export function checkProfiles(profiles: readonly FargateProfile[]): readonly Finding[] {
  return profiles.flatMap((profile, index) =>
    profileRules.flatMap(({ id, severity, source, check }): readonly Finding[] => {
      const object = `FargateProfile ${profile.name}`;
      const problems = check(profile, index, profiles);
      return problems.length === 0
        ? []
        : [{ rule: id, severity, object, message: wordProblems(object, problems), source, index }];
    }),
  );
}
