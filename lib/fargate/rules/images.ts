/** Images that Fargate cannot pull. */
import { isUnresolved } from '../manifest/field';
import { readable } from '../manifest/kube-object';
import type { Rule } from './rule';
import { privateClustersPage } from './sources';

/** Registries that are in the internet, whatever a VPC does. Of any other, that may be the company's own, nothing is said. */
const publicRegistries =
  /^(?:(?:index\.|registry-1\.)?docker\.io|public\.ecr\.aws|quay\.io|ghcr\.io|(?:[a-z0-9-]+\.)?gcr\.io|[a-z0-9-]+-docker\.pkg\.dev|registry\.k8s\.io|registry\.gitlab\.com|mcr\.microsoft\.com|nvcr\.io)$/u;

/** An image whose first part is no host is one of Docker Hub: `redis:8`, `bitnami/redis`. */
function isPublic(image: string): boolean {
  if (isUnresolved(image)) {
    return false;
  }
  const [first, ...rest] = image.split('/');
  const host = rest.length > 0 && /[.:]|^localhost$/u.test(first!) ? first! : 'docker.io';
  return publicRegistries.test(host);
}

export const imageRules: readonly Rule[] = [
  {
    id: 'public-image',
    severity: 'error',
    why: 'Without a NAT gateway Fargate reaches no public registry: the pod stays in ImagePullBackOff. An ECR pull-through cache needs a way to the internet too, the first time that an image is pulled, and a proxy does not help: Fargate knows none.',
    source: privateClustersPage,
    judges: 'pod',
    check: ({ containers }, { internet }) =>
      internet
        ? []
        : containers.flatMap((container) => {
            const image = container.field.get('image').text();
            return image !== undefined && isPublic(image)
              ? [
                  {
                    container,
                    text: `image ${readable(image)} is in a public registry, which the VPC cannot reach`,
                    fix: 'Use a copy in Amazon ECR, in the account and region of the stack (docs/private-operation.md).',
                  },
                ]
              : [];
          }),
  },
];
