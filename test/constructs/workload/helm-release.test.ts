import { Template } from 'aws-cdk-lib/assertions';
import { allBlocks, registry } from '../../support/blocks';
import { read } from '../../support/pages';
import { clusterStack } from '../support/cluster-stack';

const stacks = {
  published: clusterStack({ ...allBlocks, registry: undefined }),
  copied: clusterStack({ ...allBlocks, natGateways: 0 }),
};

const chartsOf = (stack: keyof typeof stacks) =>
  Object.values(Template.fromStack(stacks[stack]).findResources('Custom::AWSCDK-EKS-HelmChart')).map(
    ({ Properties: { Repository, Chart, Version } }) => ({ Repository, Chart, Version }),
  );

/** The images that Helm brings. */
const imagesOf = (stack: keyof typeof stacks) =>
  stacks[stack].cluster.plan.objects
    .filter(({ appliedBy }) => appliedBy === 'helm')
    .flatMap(({ objects }) =>
      [...JSON.stringify(objects).matchAll(/"image":"([^"]+)"/g)].map(([, image]) => image),
    );

test('charts and images come from their authors, or are their copies in the registry', () => {
  expect(chartsOf('published').length).toBeGreaterThan(0);
  expect(chartsOf('copied')).toEqual(
    chartsOf('published').map(({ Chart, Version }) => ({
      Repository: `oci://${registry}/charts/${Chart}`,
      Chart,
      Version,
    })),
  );
  expect(imagesOf('published').length).toBeGreaterThan(0);
  expect(imagesOf('copied')).toEqual(
    imagesOf('published').map((image) => `${registry}/${image!.split('/').slice(1).join('/')}`),
  );
});

test('what Helm brings is in the plan with the images that it is told', () => {
  const values = JSON.stringify(
    Object.values(Template.fromStack(stacks.copied).findResources('Custom::AWSCDK-EKS-HelmChart')),
  );
  for (const image of imagesOf('copied')) {
    expect(values).toContain(image!.replace(/:[^:]+$/u, ''));
  }
});

test('docs/registry.md copies every chart and every image', () => {
  const page = read('docs/registry.md');
  for (const { Repository, Chart, Version } of chartsOf('published')) {
    expect(page).toContain(`helm pull ${Chart} --repo ${Repository} --version ${Version}\n`);
    expect(page).toContain(`helm push ${Chart}-${Version}.tgz oci://$REGISTRY/charts\n`);
  }
  for (const image of imagesOf('published')) {
    expect(page).toContain(`crane copy ${image} $REGISTRY/${image!.split('/').slice(1).join('/')}\n`);
  }
});
