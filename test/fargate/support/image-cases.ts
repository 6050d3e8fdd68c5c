import { container, deployment, withContainer } from './manifests';
import type { RuleCase } from './rule-cases';

export const imageCases: readonly RuleCase[] = [
  {
    rule: 'public-image',
    fails: [
      deployment({
        containers: [
          container({ name: 'hub', image: 'redis:8' }),
          container({ name: 'own', image: '111122223333.dkr.ecr.us-west-2.amazonaws.com/redis:8' }),
        ],
        initContainers: [container({ name: 'google', image: 'eu.gcr.io/shop/migrate:1' })],
      }),
      withContainer({ image: 'public.ecr.aws/docker/library/redis:8' }),
      deployment({
        containers: [
          container({ name: 'first', image: 'localhosts/redis:8' }),
          container({ name: 'second', image: 'mylocalhost/redis:8' }),
        ],
      }),
    ],
    says: [
      'Deployment shop/cart: image eu.gcr.io/shop/migrate:1 is in a public registry, which the VPC cannot reach (init container "google"); image redis:8 is in a public registry, which the VPC cannot reach (container "hub"). Use a copy in Amazon ECR, in the account and region of the stack (docs/private-operation.md).',
      'Deployment shop/cart, container "cart": image public.ecr.aws/docker/library/redis:8 is in a public registry, which the VPC cannot reach. Use a copy in Amazon ECR, in the account and region of the stack (docs/private-operation.md).',
      'Deployment shop/cart: image localhosts/redis:8 is in a public registry, which the VPC cannot reach (container "first"); image mylocalhost/redis:8 is in a public registry, which the VPC cannot reach (container "second"). Use a copy in Amazon ECR, in the account and region of the stack (docs/private-operation.md).',
    ],
    passes: {
      'a registry that may be in the VPC': [
        withContainer({ image: 'registry.example/cart:1' }),
        withContainer({ image: 'registry:5000/cart:1' }),
        withContainer({ image: 'localhost/cart:1' }),
      ],
      'a container without an image': [withContainer({ image: undefined })],
      'an image that is known at deploy time': [withContainer({ image: '${Token[TOKEN.7]}' })],
    },
    options: { internet: false },
  },
  {
    rule: 'public-image',
    fails: [],
    says: [],
    passes: { 'a way to the internet': [withContainer({ image: 'redis:8' })] },
  },
];
