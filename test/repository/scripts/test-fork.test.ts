import { settings } from '../../../lib/config/settings';
import { otherSettings } from '../../../scripts/test-fork/other-values';
import { environmentWith } from '../../support/environment-with';
import { platform } from '../../support/environments';

test('npm run test:fork tries another valid value of every setting', () => {
  const { vpcId, ...others } = otherSettings();
  expect(Object.keys({ vpcId, ...others }).toSorted()).toEqual(Object.keys(settings).toSorted());
  const changed = environmentWith(others);
  const names = Object.keys(platform) as ReadonlyArray<keyof typeof platform>;
  const same = names.filter((name) => JSON.stringify(changed[name]) === JSON.stringify(platform[name]));
  expect(same).toEqual(['vpcId']);
  expect(environmentWith({ vpcId })).toHaveProperty('vpcId', vpcId);
});
