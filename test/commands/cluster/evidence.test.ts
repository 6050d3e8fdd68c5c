import { formatEvent } from '../../../lib/commands/cluster/evidence';

const event = { metadata: {}, involvedObject: {}, reason: 'Scheduled', message: 'on fargate-1' };

test.each([
  ['the older API', { source: { component: 'kubelet' }, reportingComponent: '' }, 'kubelet'],
  ['events.k8s.io', { source: {}, reportingComponent: 'fargate-scheduler' }, 'fargate-scheduler'],
])('an event of %s names who recorded it', (_api, recorder, name) => {
  expect(formatEvent({ ...event, ...recorder })).toBe(`${name} Scheduled: on fargate-1`);
});
