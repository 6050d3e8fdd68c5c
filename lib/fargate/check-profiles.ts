/** Whether EKS would take a set of Fargate profiles, and whether each of them can ever get a pod. */
import { isUnresolved } from './manifest/field';
import type { Finding, Severity } from './finding';
import type { FargateProfile, FargateSelector } from './sizing/profile';
import { fargateProfilePage, serviceQuotasPage } from './rules/sources';

/** A rule about profiles: data, and a function that says what is wrong with one of them. */
export interface ProfileRule {
  readonly id: string;
  readonly severity: Severity;
  readonly why: string;
  readonly source: string;
  /** @returns what was received, what EKS takes, and what to write instead */
  readonly check: (
    profile: FargateProfile,
    index: number,
    all: readonly FargateProfile[],
  ) => readonly string[];
}

const mostProfiles = 10;
const mostSelectors = 5;
const mostLabels = 5;
const longestName = 63;
const labelValue = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/u;

function show({ namespace, labels = {} }: FargateSelector): string {
  const pairs = Object.entries(labels).map(([key, value]) => `, ${key}=${value}`);
  return `namespace=${namespace}${pairs.join('')}`;
}

function canonical({ namespace, labels = {} }: FargateSelector): string {
  return JSON.stringify([namespace, Object.entries(labels).toSorted()]);
}

export const profileRules: readonly ProfileRule[] = [
  {
    id: 'profile-name',
    severity: 'error',
    why: 'EKS reserves names that start with eks-, and writes the name into a label of each pod.',
    source: fargateProfilePage,
    check: ({ name }) => {
      if (isUnresolved(name)) {
        return [];
      }
      if (name.startsWith('eks-')) {
        return [
          `names must not start with eks-. Choose another, such as ${name.slice('eks-'.length) || 'fargate'}.`,
        ];
      }
      return name.length <= longestName && labelValue.test(name)
        ? []
        : [
            `the name has to be a label value: at most ${longestName} letters, digits, '-', '_' and '.', with a letter or digit at both ends. Choose such a name.`,
          ];
    },
  },
  {
    id: 'profile-name-twice',
    severity: 'error',
    why: 'A profile is known by its name in its cluster.',
    source: fargateProfilePage,
    check: ({ name }, index, all) =>
      all.findIndex((other) => other.name === name) === index ? [] : ['the name is taken. Choose another.'],
  },
  {
    id: 'profile-count',
    severity: 'error',
    why: 'A cluster has ten profiles at the most.',
    source: serviceQuotasPage,
    check: (_profile, index, all) =>
      index === mostProfiles
        ? [
            `a cluster takes ${mostProfiles} profiles, and there are ${all.length}. Join some: a profile has ${mostSelectors} selectors, with wildcards.`,
          ]
        : [],
  },
  {
    id: 'profile-selectors',
    severity: 'error',
    why: 'A profile has one to five selectors, each with a namespace and at most five labels.',
    source: serviceQuotasPage,
    check: ({ selectors }) => [
      ...(selectors.length === 0 ? ['has no selector. Write one, with the namespace of its pods.'] : []),
      ...(selectors.length > mostSelectors
        ? [
            `has ${selectors.length} selectors, and EKS takes ${mostSelectors}. Use wildcards, or a second profile.`,
          ]
        : []),
      ...selectors
        .filter(({ namespace }) => namespace === '')
        .map(() => 'a selector has no namespace. Write one; * stands for all.'),
      ...selectors
        .map((selector) => ({ selector, count: Object.keys(selector.labels ?? {}).length }))
        .filter(({ count }) => count > mostLabels)
        .map(
          ({ selector, count }) =>
            `selector namespace=${selector.namespace} has ${count} labels, and EKS takes ${mostLabels}. Select by fewer.`,
        ),
    ],
  },
  {
    id: 'profile-selector-twice',
    severity: 'warning',
    why: 'Of two profiles with one selector only the alphanumerically first gets its pods.',
    source: fargateProfilePage,
    check: ({ name, selectors }, index, all) =>
      selectors.flatMap((selector, position) => {
        const wanted = canonical(selector);
        if (selectors.findIndex((other) => canonical(other) === wanted) !== position) {
          return [`selector ${show(selector)} is there twice. Remove one.`];
        }
        const winner = all.find(
          (other, at) =>
            at !== index &&
            other.name < name &&
            other.selectors.some((theirs) => canonical(theirs) === wanted),
        );
        return winner === undefined
          ? []
          : [
              `selector ${show(selector)} is also one of profile ${winner.name}, which comes first and gets the pods. Remove one, or label the pods with eks.amazonaws.com/fargate-profile.`,
            ];
      }),
  },
];

/** What EKS would refuse in the profiles of one cluster. `index` of a finding is the profile's position. */
export function checkProfiles(profiles: readonly FargateProfile[]): readonly Finding[] {
  return profiles.flatMap((profile, index) =>
    profileRules.flatMap(({ id, severity, source, check }) =>
      check(profile, index, profiles).map((text): Finding => {
        const object = `FargateProfile ${profile.name}`;
        return { rule: id, severity, object, message: `${object}: ${text}`, source, index };
      }),
    ),
  );
}
