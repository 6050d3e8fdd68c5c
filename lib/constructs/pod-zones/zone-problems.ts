import { profileLabel } from '../../fargate/sizing/profile';
import type { FargatePlan } from '../../synthesis/fargate-plan';
import { orList } from '../../wording';
import { zoneLabel, type PodZone } from './pod-zone';

/** What is wrong with the pods that choose a zone: they run all the same, somewhere else. */
export function zoneProblems(plan: FargatePlan, zones: readonly PodZone[]): string[] {
  return plan.check().pods.flatMap(({ object, labels, profile }) => {
    const number = labels[zoneLabel];
    if (number === undefined) {
      return [];
    }
    const zone = zones.find((each) => each.number === number);
    if (zone === undefined) {
      return [
        `${object}: the label ${zoneLabel}=${number} names no zone: there are ${orList(zones.map((each) => each.number))}. Write the podLabels of one of podZones.`,
      ];
    }
    return profile === zone.podLabels[profileLabel]
      ? []
      : [
          `${object}: has the label ${zoneLabel}=${number}, but its profile is ${profile ?? 'none'}, and not that of the zone. Write all podLabels of the zone into the pod template.`,
        ];
  });
}
