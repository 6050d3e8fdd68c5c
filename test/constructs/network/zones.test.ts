import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { environmentWith } from '../../support/environment-with';
import { onASupportedDay, testApp, TestStack, testTemplate } from '../../support/test-stack';

/** What the subnets say of their zones. */
function zones(availabilityZones: string): unknown[] {
  const subnets = Object.values(testTemplate({ availabilityZones }).findResources('AWS::EC2::Subnet'));
  return subnets.map(({ Properties: { AvailabilityZone, AvailabilityZoneId } }) => ({
    AvailabilityZone,
    AvailabilityZoneId,
  }));
}

test('zone IDs are written where CloudFormation reads IDs, for public and private subnets', () => {
  const ids = ['use1-az1', 'use1-az2', 'use1-az4'];
  expect(zones(ids.join(','))).toEqual(
    [...ids, ...ids].map((AvailabilityZoneId) => ({ AvailabilityZone: undefined, AvailabilityZoneId })),
  );
});

test('names are written as names', () => {
  const names = ['us-east-1a', 'us-east-1b'];
  expect(zones(names.join(','))).toEqual(
    [...names, ...names].map((AvailabilityZone) => ({ AvailabilityZone, AvailabilityZoneId: undefined })),
  );
});

describe('a count of zones in a region where EKS refuses one', () => {
  beforeEach(onASupportedDay);
  afterEach(() => jest.useRealTimers());

  const warnings = (region: string | undefined, availabilityZones: string | number) => {
    const environment = environmentWith({ availabilityZones });
    const env = region === undefined ? undefined : { account: '111122223333', region };
    jest.spyOn(console, 'error').mockImplementation();
    return Annotations.fromStack(new TestStack(testApp(), 'TestStack', { environment, env }))
      .findWarning('*', Match.anyValue())
      .map(({ entry }) => entry.data);
  };

  test.each([
    ['us-east-1', 'use1-az3'],
    ['us-west-1', 'usw1-az2'],
    ['ca-central-1', 'cac1-az3'],
  ])('%s is warned of', (region, refused) => {
    expect(warnings(region, 2)).toEqual([
      expect.stringContaining(
        `EKS creates no control plane in ${refused}, whose letter differs in each account`,
      ),
    ]);
  });

  test('zones that are named, other regions, and a stack that knows no region are not', () => {
    expect(warnings('us-east-1', 'use1-az1,use1-az2')).toEqual([]);
    expect(warnings('eu-west-1', 3)).toEqual([]);
    expect(warnings(undefined, 3)).toEqual([]);
  });
});
