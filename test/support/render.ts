import { App, type Chart } from 'cdk8s';

/** An object as a chart renders it, loosely typed so that tests can look anywhere. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Rendered = Record<string, any>;

/** The plain objects of a chart. */
export function render(create: (app: App) => Chart): Rendered[] {
  return create(new App()).toJson();
}

/** The one object of a kind and name. */
export function pick(objects: readonly Rendered[], kind: string, name: string): Rendered {
  const found = objects.filter((object) => object.kind === kind && object.metadata.name === name);
  if (found.length !== 1) {
    throw new Error(`${found.length} objects are ${kind} ${name}, expected one`);
  }
  return found[0]!;
}
