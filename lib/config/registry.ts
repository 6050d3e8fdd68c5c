import { quote } from '../wording';
import type { Reading } from './setting';

/** The form in which the kubectl handler of the CDK knows a registry of ECR, and signs in to it. */
const ecrRegistry =
  /^(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com(?:\.cn)?$/u;

/** What a message proposes. */
export const exampleRegistry = '111122223333.dkr.ecr.us-west-2.amazonaws.com';

/** Reads the host of a private registry in Amazon ECR. */
export function readRegistry(text: string): Reading<string> {
  if (ecrRegistry.test(text)) {
    return { value: text };
  }
  const host = text.replace(/^\w+:\/\//u, '').replace(/\/.*$/u, '');
  return {
    problem: `registry ${quote(text)} is not a private registry of Amazon ECR: ${ecrRegistry.test(host) ? `did you mean ${quote(host)}?` : `write its host as ${exampleRegistry}`}`,
  };
}

/** Account and region of a registry. */
export function placeOfRegistry(registry: string): { readonly account: string; readonly region: string } {
  const { account, region } = ecrRegistry.exec(registry)!.groups!;
  return { account: account!, region: region! };
}

/**
 * The copy of an image: the same repository and tag in another registry. `public.ecr.aws/eks/x:1` is `REGISTRY/eks/x:1`.
 *
 * @param registry undefined for the image itself.
 */
export function copyOfImage(image: string, registry: string | undefined): string {
  return registry === undefined ? image : image.replace(/^[^/]+/u, registry);
}

/** The repository of the copies of Helm charts, ahead of the name of the chart. */
export const chartFolder = 'charts';
