import { copyOfImage } from '../../lib/config/registry';

const registry = '111122223333.dkr.ecr.us-west-2.amazonaws.com';

test.each([
  ['public.ecr.aws/eks/controller', 'eks/controller'],
  ['public.ecr.aws/eks/controller:v1', 'eks/controller:v1'],
  ['localhost:5000/a/b/c@sha256:1', 'a/b/c@sha256:1'],
])('the copy of %s has its name and tag', (image, copy) => {
  expect(copyOfImage(image, registry)).toBe(`${registry}/${copy}`);
  expect(copyOfImage(image, undefined)).toBe(image);
});
