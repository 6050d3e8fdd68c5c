/** Whether a pod reaches a Fargate node at all. */
import { readable, type KubeObject } from '../manifest/kube-object';
import { isDaemonSet } from '../manifest/pod';
import {
  identityKnown,
  landsNowhere,
  matchesSelector,
  matchesWildcard,
  missingLabels,
  profileLabel,
} from '../sizing/profile';
import { excludesFargate } from './fargate-node';
import { shortList } from '../words';
import type { CheckedPod, Facts, Problem, Rule } from './rule';
import { fargatePage, fargateProfilePage } from './sources';

function showLabels(labels: Readonly<Record<string, string>>): string {
  const [first, ...others] = Object.entries(labels);
  if (first === undefined) {
    return '{}';
  }
  return `{${readable(first[0])}: ${readable(first[1])}${others.length > 0 ? ', …' : ''}}`;
}

function whyNoProfile(pod: CheckedPod, { profiles }: Facts): Problem {
  const unmatched = 'matches no Fargate profile and stays Pending';
  const wanted = pod.labels[profileLabel];
  if (
    wanted !== undefined &&
    profiles.some(({ selectors }) => selectors.some((s) => matchesSelector(s, pod)))
  ) {
    const known = profiles.some(({ name }) => name === wanted);
    return {
      text: `${unmatched}: its label ${profileLabel} names ${readable(wanted)}, which ${known ? 'has no selector for it' : 'does not exist'}`,
      fix: 'Remove the label, or name a profile that selects the pod.',
    };
  }
  const candidates = profiles
    .flatMap(({ name, selectors }) => selectors.map((selector) => ({ name, selector })))
    .filter(({ selector }) => matchesWildcard(selector.namespace, pod.namespace))
    .map(({ name, selector }) => ({ name, selector, missing: missingLabels(selector, pod.labels) }))
    .toSorted((a, b) => a.missing.length - b.missing.length);
  const [nearest] = candidates;
  if (nearest === undefined) {
    const selected = [
      ...new Set(profiles.flatMap(({ selectors }) => selectors.map(({ namespace }) => namespace))),
    ];
    return {
      text: `${unmatched}: no profile selects namespace ${readable(pod.namespace)} (selected: ${shortList(selected)})`,
      fix: 'Add a selector for the namespace to a profile, or use another namespace.',
    };
  }
  const lacking = nearest.missing.map(([key, value]) => `${key}=${value}`).join(', ');
  return {
    text: `${unmatched}: its pod labels ${showLabels(pod.labels)} lack ${lacking} (profile ${nearest.name}, selector namespace=${nearest.selector.namespace})`,
    fix: `Add the label${nearest.missing.length > 1 ? 's' : ''} to ${pod.metadata.path}.labels, or a selector to the profile.`,
  };
}

/** Whether its author means a DaemonSet for the EC2 nodes of a mixed cluster. */
function keptOffFargate({ root }: KubeObject): boolean {
  return excludesFargate(root.get('spec').get('template').get('spec'));
}

export const schedulingRules: readonly Rule[] = [
  {
    id: 'no-profile',
    severity: 'error',
    why: 'Fargate runs only pods that match a selector of a Fargate profile. Where nothing runs on EC2, any other pod stays Pending, and the deploy is green all the same.',
    source: fargateProfilePage,
    judges: 'pod',
    check: (pod, facts) => (landsNowhere(pod, facts.profiles) ? [whyNoProfile(pod, facts)] : []),
  },
  {
    id: 'unresolved-identity',
    severity: 'warning',
    why: 'A namespace or label that only the deploy knows cannot be compared with a selector, so nobody has checked that the pod is scheduled.',
    source: fargateProfilePage,
    judges: 'pod',
    check: (pod, { profiles }) =>
      profiles.length > 0 && pod.profile === undefined && !identityKnown(pod)
        ? [
            {
              text: 'its namespace or a label is known at deploy time only, so its Fargate profile cannot be checked',
              fix: 'Write the text itself where a profile selects by it.',
            },
          ]
        : [],
  },
  {
    id: 'daemon-set',
    severity: 'error',
    why: 'A Fargate node holds one pod: there is no room for one of a DaemonSet beside it. For a DaemonSet that is meant for EC2 nodes, EKS’s own charts say so by a required node affinity.',
    source: fargatePage,
    judges: 'object',
    check: (object, { inTemplate }) =>
      isDaemonSet(object) && !keptOffFargate(object)
        ? [
            {
              text: 'Fargate does not support DaemonSets',
              fix: inTemplate
                ? 'Remove it, or run its containers as sidecars of the pods that need them.'
                : 'Run its containers as sidecars, or keep it on EC2: required node affinity eks.amazonaws.com/compute-type NotIn [fargate].',
            },
          ]
        : [],
  },
  {
    id: 'daemon-set-without-node',
    severity: 'warning',
    why: 'The cluster of the template has Fargate nodes only: a DaemonSet that is kept off them runs nowhere. (A cluster that a file is meant for may have others.)',
    source: fargatePage,
    onlyInTemplate: true,
    judges: 'object',
    check: (object) =>
      isDaemonSet(object) && keptOffFargate(object)
        ? [
            {
              text: 'its nodeSelector or node affinity keeps it off Fargate nodes, and the cluster has no others',
              fix: 'Remove it, or run its containers as sidecars.',
            },
          ]
        : [],
  },
];
