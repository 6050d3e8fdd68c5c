import { formatCount } from '../../../lib/fargate/manifest/autoscaler';

test('a number of pods is shown as one number, or as a range', () => {
  expect([formatCount({ min: 3, max: 3 }), formatCount({ min: 2, max: 10 })]).toEqual(['3', '2-10']);
});
