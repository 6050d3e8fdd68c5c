import type { Condition } from 'kubernetes-types/meta/v1';
import type { Event } from 'kubernetes-types/core/v1';
import { formatEvent, podEvidence, workloadEvidence } from '../../../lib/commands/cluster/evidence';
import type { PodSubject, Workload } from '../../../lib/commands/cluster/workload';

const event = { metadata: {}, involvedObject: {}, reason: 'Scheduled', message: 'on fargate-1' };

test.each([
  ['the older API', { source: { component: 'kubelet' }, reportingComponent: '' }, 'kubelet'],
  ['events.k8s.io', { source: {}, reportingComponent: 'fargate-scheduler' }, 'fargate-scheduler'],
])('an event of %s names who recorded it', (_api, recorder, name) => {
  expect(formatEvent({ ...event, ...recorder })).toBe(`${name} Scheduled: on fargate-1`);
});

const told = (type: string, uid = 'u'): Event => ({
  metadata: {},
  involvedObject: { uid },
  type,
  reason: type,
  message: 'said',
  source: { component: 'c' },
});

/** A pod with some conditions and events; what else a subject has, nobody reads here. */
const pod = (conditions: readonly Partial<Condition>[], events: readonly Event[]) =>
  podEvidence({
    label: 'Pod a',
    pod: { status: { phase: 'Pending', conditions } },
    events: () => events,
  } as unknown as PodSubject);

test('a pod tells the conditions that are not met, and why', () => {
  const met = { type: 'Initialized', status: 'True', message: 'done' };
  const unmet = { type: 'Ready', status: 'False', reason: 'NotReady', message: 'no' };
  expect(pod([met, unmet, { type: 'Other', status: 'False' }], [])).toEqual([
    'Pod a: Ready=False NotReady: no',
  ]);
});

test('a pod tells its warnings; without any, all that happened', () => {
  expect(pod([], [told('Normal'), told('Warning')])).toEqual(['Pod a: c Warning: said']);
  expect(pod([], [told('Normal')])).toEqual(['Pod a: c Normal: said']);
});

test('a pod of which nothing is said tells its phase', () => {
  expect(pod([], [])).toEqual(['Pod a: phase Pending, no events']);
});

/** An object with some conditions and events. */
const object = (conditions: readonly Partial<Condition>[], events: readonly Event[]) =>
  workloadEvidence(
    { label: 'Job a', live: { status: { conditions } }, uids: ['u'] } as unknown as Workload,
    () => events,
  );

test('an object tells the conditions that are in its way, or else its warnings', () => {
  const failed = { type: 'Failed', status: 'True', reason: 'DeadlineExceeded', message: 'late' };
  const other = { type: 'Failed', status: 'False', reason: 'x' };
  const events = [told('Warning'), told('Warning', 'of another'), told('Normal')];
  expect(object([failed, other], events)).toEqual(['Job a: Failed=True DeadlineExceeded: late']);
  expect(object([other], events)).toEqual(['Job a: c Warning: said']);
});
