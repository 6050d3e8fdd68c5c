import type { APIGroupList, APIResourceList, ObjectMeta } from 'kubernetes-types/meta/v1';
import { CouldNotLook } from '../could-not-look';
import { listAll, type KubernetesApi } from '../kubernetes/kubernetes-api';

/** An object that the kubectl handler applied: it has the prune label of a chart. */
export interface PrunedObject {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

/** What the labels begin with by which `kubectl apply --prune` finds objects; aws-cdk-lib writes them. */
const labelPrefix = 'aws.cdk.eks/prune-';
/** Names, labels and owners, without the contents. */
const metadataOnly = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
/** Many, made by controllers, or with the labels of what they belong to. Secrets: nobody should have to grant that. */
const skipped = new Set('events pods replicasets leases endpoints endpointslices secrets'.split(' '));

/**
 * Every object of a cluster that has a prune label, of all kinds that the API server lists.
 *
 * @throws CouldNotLook if a kind cannot be listed.
 */
export async function readPrunedObjects(api: KubernetesApi): Promise<readonly PrunedObject[]> {
  const { groups } = await api.get<APIGroupList>('/apis');
  const versions = groups.flatMap(({ preferredVersion }) => preferredVersion?.groupVersion ?? []);
  const paths = ['/api/v1', ...versions.map((version) => `/apis/${version}`)];
  return (await Promise.all(paths.map((path) => objectsOf(api, path)))).flat();
}

async function objectsOf(api: KubernetesApi, path: string): Promise<readonly PrunedObject[]> {
  const [, , group = '', version] = path.split('/');
  const { resources } = await api.get<APIResourceList>(path).catch((error: unknown) => {
    // An aggregated API whose server is down: what it has is no object of a chart.
    if (error instanceof CouldNotLook && error.code === '503') {
      return { resources: [] };
    }
    throw error;
  });
  const lists = resources
    .filter(({ name, verbs }) => verbs.includes('list') && !skipped.has(name))
    .map(async ({ name: resource, kind }) => {
      const items = await listAll<{ readonly metadata: ObjectMeta }>(
        api,
        `${path}/${resource}`,
        metadataOnly,
      );
      return items
        .filter(
          ({ metadata: { labels = {}, ownerReferences = [] } }) =>
            ownerReferences.length === 0 &&
            Object.keys(labels).some((label) => label.startsWith(labelPrefix)),
        )
        .map(({ metadata: { namespace, name = '' } }) => ({
          group: version ? group : '',
          kind,
          namespace,
          name,
        }));
    });
  return (await Promise.all(lists)).flat();
}
