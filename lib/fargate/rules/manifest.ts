/** Whether a manifest can be applied at all. */
import type { Field } from '../manifest/field';
import { appliedAnnotationBytes, mostAnnotationBytes } from '../manifest/manifest-size';
import type { KubeObject } from '../manifest/kube-object';
import { countField } from '../manifest/pod';
import { findRemovedApi } from './removed-apis';
import type { Rule } from './rule';
import {
  annotationLimitPage,
  apiReferencePage,
  deprecationGuidePage,
  objectsPage,
  secretsPage,
} from './sources';

const isSecret = ({ kind, group }: KubeObject): boolean => kind === 'Secret' && group === '';

function hasContent(field: Field): boolean {
  return field.entries().length > 0;
}

export const manifestRules: readonly Rule[] = [
  {
    id: 'not-an-object',
    severity: 'error',
    why: 'What has no kind cannot be applied, and nothing in it was checked.',
    source: objectsPage,
    judges: 'together',
    check: ({ rejected }) => rejected.map((object) => ({ object, text: object.reason, fix: object.fix })),
  },
  {
    id: 'no-api-version',
    severity: 'error',
    why: 'The API server knows a kind only together with its API version.',
    source: objectsPage,
    judges: 'object',
    check: ({ apiVersion }) =>
      apiVersion === ''
        ? [{ text: 'has no apiVersion', fix: 'Write one, such as apps/v1 for a Deployment.' }]
        : [],
  },
  {
    id: 'no-name',
    severity: 'error',
    why: 'The API server refuses an object without a name.',
    source: objectsPage,
    judges: 'object',
    check: ({ name, group }) =>
      // Configuration files of tools borrow the form of objects and are never applied.
      name === '' && group !== 'kustomize.config.k8s.io'
        ? [{ text: 'has no name', fix: 'Write metadata.name.' }]
        : [],
  },
  {
    id: 'no-containers',
    severity: 'error',
    why: 'The API server refuses a pod without containers, and there is nothing to size.',
    source: apiReferencePage,
    judges: 'pod',
    check: ({ containers, spec }) =>
      containers.some(({ role }) => role === 'container')
        ? []
        : [
            {
              text: 'has no containers',
              fix: `Write at least one in ${spec.get('containers').path}. Of a patch, give the output of kubectl kustomize.`,
            },
          ],
  },
  {
    id: 'negative-count',
    severity: 'error',
    why: 'The API server refuses a negative number of pods.',
    source: apiReferencePage,
    judges: 'pod',
    check: ({ object }) => {
      const field = countField(object);
      const count = field?.integer() ?? 0;
      return field === undefined || count >= 0
        ? []
        : [{ text: `${field.path} is ${count}`, fix: 'Write a whole number of zero or more.' }];
    },
  },
  {
    id: 'duplicate-object',
    severity: 'error',
    why: 'Of two manifests for one object the one that is applied last wins, and the removal of either removes the object.',
    source: objectsPage,
    judges: 'together',
    check: ({ objects, origin }) => {
      const first = new Map<string, KubeObject>();
      return objects.flatMap((object) => {
        if (object.name === '' || object.name.endsWith('*')) {
          return [];
        }
        const key = JSON.stringify([object.group, object.kind, object.namespace ?? '', object.name]);
        const earlier = first.get(key);
        if (earlier === undefined) {
          first.set(key, object);
          return [];
        }
        const where =
          earlier.index === object.index
            ? `both in ${origin(object.index)}`
            : `${origin(earlier.index)} and ${origin(object.index)}`;
        return [
          {
            object,
            text: `is defined twice (${where}): the one applied last wins`,
            fix: 'Remove one, or rename it.',
          },
        ];
      });
    },
  },
  {
    id: 'removed-api',
    severity: 'error',
    why: 'A version of an API is served by some Kubernetes versions only; the API server of any other refuses the object.',
    source: deprecationGuidePage,
    judges: 'object',
    check: ({ apiVersion, kind }, { kubernetesMinor }) => {
      const removed = findRemovedApi(apiVersion, kind);
      return removed === undefined || kubernetesMinor < removed.minor
        ? []
        : [
            {
              text: `Kubernetes serves no ${apiVersion} since 1.${removed.minor} (the cluster has 1.${kubernetesMinor})`,
              fix:
                removed.use === undefined
                  ? 'Remove the object: it has no successor.'
                  : `Write apiVersion: ${removed.use}.`,
            },
          ];
    },
  },
  {
    id: 'secret-in-template',
    severity: 'error',
    why: 'A manifest in a CloudFormation template is readable for everybody who may read the template, the stack’s events or the handler’s logs.',
    source: secretsPage,
    onlyInTemplate: true,
    judges: 'object',
    check: (object) =>
      isSecret(object) && (hasContent(object.root.get('data')) || hasContent(object.root.get('stringData')))
        ? [
            {
              text: 'its values end in plain text in the CloudFormation template',
              fix: 'Keep them in AWS Secrets Manager, and have External Secrets make the Secret (setting externalSecrets), or let the pod read them with its IAM role.',
            },
          ]
        : [],
  },
  {
    id: 'manifest-size',
    severity: 'error',
    why: 'With kubectl apply an object is copied into its annotation kubectl.kubernetes.io/last-applied-configuration, and the API server accepts at most 262,144 bytes of annotations. (Read in the source of both, unverified on a cluster.)',
    source: annotationLimitPage,
    onlyInTemplate: true,
    judges: 'object',
    check: ({ root }) => {
      const annotations = root.get('metadata').get('annotations').strings();
      const bytes = appliedAnnotationBytes(root.value, annotations);
      return bytes <= mostAnnotationBytes
        ? []
        : [
            {
              text: `kubectl apply makes ${bytes} bytes of annotations of it, and Kubernetes allows ${mostAnnotationBytes}`,
              fix: 'Split it, or deliver large data in an image or by S3.',
            },
          ];
    },
  },
];
