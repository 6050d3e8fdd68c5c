import type { Template } from 'aws-cdk-lib/assertions';

/** One KubernetesManifest of a template, its manifest read back. */
export interface AppliedManifest {
  /** Logical ID of the custom resource. */
  readonly logicalId: string;
  /** The custom resource. */
  readonly resource: Readonly<Record<string, unknown>> & {
    readonly Properties: Readonly<Record<string, unknown>>;
    readonly DependsOn?: readonly string[];
  };
  /** The objects it applies; references are replaced by `<ref>`. */
  readonly objects: ReadonlyArray<{
    readonly kind: string;
    readonly metadata: { readonly name: string; readonly namespace?: string };
    readonly [field: string]: unknown;
  }>;
}

/** Every KubernetesManifest of a template. */
export function appliedManifests(template: Template): AppliedManifest[] {
  return Object.entries(template.findResources('Custom::AWSCDK-EKS-KubernetesResource')).map(
    ([logicalId, resource]) => ({
      logicalId,
      resource: resource as AppliedManifest['resource'],
      objects: JSON.parse(joined(resource.Properties.Manifest)),
    }),
  );
}

/** The manifest that applies one object. */
export function manifestOf(template: Template, kind: string, name: string): AppliedManifest {
  const owners = appliedManifests(template).filter(({ objects }) =>
    objects.some((object) => object.kind === kind && object.metadata.name === name),
  );
  if (owners.length !== 1) {
    throw new Error(`${owners.length} manifests apply ${kind} ${name}, expected one`);
  }
  return owners[0]!;
}

function joined(manifest: string | { 'Fn::Join': [string, unknown[]] }): string {
  if (typeof manifest === 'string') {
    return manifest;
  }
  const [separator, parts] = manifest['Fn::Join'];
  return parts.map((part) => (typeof part === 'string' ? part : '<ref>')).join(separator);
}
