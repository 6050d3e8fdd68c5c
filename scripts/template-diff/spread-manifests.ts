interface Template {
  readonly Resources: Record<string, { readonly Type: string; Properties: Record<string, unknown> }>;
}

/** A template whose manifests are objects instead of one line of JSON, so that a difference names the field. */
export function spreadManifests(json: string): string {
  const template = JSON.parse(json) as Template;
  for (const { Type, Properties } of Object.values(template.Resources)) {
    if (Type === 'Custom::AWSCDK-EKS-KubernetesResource') {
      Properties.Manifest = Object.fromEntries(
        objectsIn(Properties.Manifest).map((object) => [`${object.kind} ${object.metadata.name}`, object]),
      );
    }
  }
  return JSON.stringify(template);
}

interface KubeObject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

function objectsIn(manifest: unknown): readonly KubeObject[] {
  if (typeof manifest === 'string') {
    return JSON.parse(manifest);
  }
  const [separator, parts] = (manifest as { 'Fn::Join': [string, unknown[]] })['Fn::Join'];
  // A reference stands as text: what it refers to is compared elsewhere in the template.
  const texts = parts.map((part) => (typeof part === 'string' ? part : `\${${referenceOf(part)}}`));
  return JSON.parse(texts.join(separator));
}

function referenceOf(part: unknown): string {
  return Object.values(part as object)
    .flat()
    .join('.');
}
