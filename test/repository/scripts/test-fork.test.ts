import { otherSettings } from '../../../scripts/test-fork/other-values';
import { environmentWith } from '../../support/environment-with';

test('npm run test:fork tries another valid value of every setting', () => {
  const { vpcId, ...settings } = otherSettings();
  const changed = environmentWith(settings);
  const before = environmentWith();
  for (const name of Object.keys(settings) as ReadonlyArray<keyof typeof before>) {
    expect({ [name]: changed[name] }).not.toEqual({ [name]: before[name] });
  }
  expect(environmentWith({ vpcId })).toHaveProperty('vpcId', vpcId);
});
