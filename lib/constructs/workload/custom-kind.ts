import type { Manifest } from '../../fargate/manifest/manifest';

/** A namespaced kind that something brings to the cluster: a Helm chart, or EKS. */
export interface CustomKind {
  /** API group. */
  readonly group: string;
  /** The version that the charts use. */
  readonly version: string;
  /** The kind. */
  readonly kind: string;
  /** Its name in URLs. */
  readonly plural: string;
}

/** Its definition, as far as others need it: that there is such a kind. */
export function customKind({ group, version, kind, plural }: CustomKind): Manifest {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, plural, singular: kind.toLowerCase() },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        },
      ],
    },
  };
}
