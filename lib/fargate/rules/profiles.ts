/** Whether EKS accepts a set of Fargate profiles, and whether each of them can ever get a pod. */
import { isUnresolved } from '../manifest/field';
import type { FargateProfile, FargateSelector } from '../sizing/profile';
import type { Problem, RuleData } from './rule';
import { fargateProfilePage, serviceQuotasPage } from './sources';

/** A rule about profiles: data, and a function that says what is wrong with one of them. */
export interface ProfileRule extends RuleData {
  readonly check: (
    profile: FargateProfile,
    index: number,
    all: readonly FargateProfile[],
  ) => readonly Problem[];
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
          {
            text: 'EKS reserves names that start with eks-',
            fix: `Choose another, such as ${name.slice('eks-'.length) || 'fargate'}.`,
          },
        ];
      }
      return name.length <= longestName && labelValue.test(name)
        ? []
        : [
            {
              text: 'the name is not a label value',
              fix: `Use at most ${longestName} letters, digits, '-', '_' and '.', with a letter or digit at both ends.`,
            },
          ];
    },
  },
  {
    id: 'profile-name-twice',
    severity: 'error',
    why: 'A profile is known by its name in its cluster.',
    source: fargateProfilePage,
    check: ({ name }, index, all) =>
      all.findIndex((other) => other.name === name) === index
        ? []
        : [{ text: 'another profile has the name', fix: 'Choose another.' }],
  },
  {
    id: 'profile-count',
    severity: 'error',
    why: 'A cluster has at most ten profiles.',
    source: serviceQuotasPage,
    check: (_profile, index, all) =>
      index === mostProfiles
        ? [
            {
              text: `the cluster has ${all.length} profiles, and EKS allows ${mostProfiles}`,
              fix: `Join some: a profile may have ${mostSelectors} selectors, with wildcards.`,
            },
          ]
        : [],
  },
  {
    id: 'profile-selectors',
    severity: 'error',
    why: 'A profile has one to five selectors, each with a namespace and at most five labels.',
    source: serviceQuotasPage,
    check: ({ selectors }) => [
      ...(selectors.length === 0
        ? [{ text: 'has no selector', fix: 'Write one, with the namespace of its pods.' }]
        : []),
      ...(selectors.length > mostSelectors
        ? [
            {
              text: `has ${selectors.length} selectors, and EKS allows ${mostSelectors}`,
              fix: 'Use wildcards, or a second profile.',
            },
          ]
        : []),
      ...selectors
        .filter(({ namespace }) => namespace === '')
        .map(() => ({ text: 'a selector has no namespace', fix: 'Write one; * stands for all.' })),
      ...selectors
        .map((selector) => ({ selector, count: Object.keys(selector.labels ?? {}).length }))
        .filter(({ count }) => count > mostLabels)
        .map(({ selector, count }) => ({
          text: `selector namespace=${selector.namespace} has ${count} labels, and EKS allows ${mostLabels}`,
          fix: 'Select by fewer.',
        })),
    ],
  },
  {
    id: 'profile-selector-twice',
    severity: 'warning',
    why: 'Of two profiles with one selector only the alphanumerically first gets its pods.',
    source: fargateProfilePage,
    check: ({ name, selectors }, _index, all) =>
      selectors.flatMap((selector, position) => {
        const wanted = canonical(selector);
        if (selectors.findIndex((other) => canonical(other) === wanted) !== position) {
          return [{ text: `selector ${show(selector)} is defined twice`, fix: 'Remove one.' }];
        }
        const [winner] = all
          .filter(
            (other) => other.name < name && other.selectors.some((theirs) => canonical(theirs) === wanted),
          )
          .map((other) => other.name)
          .toSorted();
        return winner === undefined
          ? []
          : [
              {
                text: `selector ${show(selector)} is also one of profile ${winner}, which comes first and gets the pods`,
                fix: 'Remove one, or label the pods with eks.amazonaws.com/fargate-profile.',
              },
            ];
      }),
  },
];
