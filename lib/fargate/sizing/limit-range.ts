/**
 * LimitRanges: admission writes their defaults into the containers of a namespace, before Fargate sizes the pods.
 *
 * Source: https://kubernetes.io/docs/concepts/policy/limit-range/
 */
import type { Field } from '../manifest/field';
import type { KubeObject } from '../manifest/kube-object';
import { readAmounts, type Amount, type ResourceDefaults } from './pod-request';

/** The defaults of the namespaces that have a LimitRange among the objects. */
export class LimitRanges {
  private readonly defaults = new Map<string, ResourceDefaults>();

  constructor(objects: readonly KubeObject[]) {
    for (const { namespace = '', name, root } of objects.filter(
      ({ group, kind }) => group === '' && kind === 'LimitRange',
    )) {
      const items = root.get('spec').get('limits').items();
      for (const item of items.filter((limit) => limit.get('type').text() === 'Container')) {
        const earlier = this.defaults.get(namespace);
        const added = readDefaults(item, `LimitRange ${name}`);
        // The one that is admitted first fills in, and the next one what is still missing.
        this.defaults.set(namespace, {
          limits: new Map([...added.limits, ...(earlier?.limits ?? [])]),
          requests: new Map([...added.requests, ...(earlier?.requests ?? [])]),
        });
      }
    }
  }

  /** The defaults of a namespace; undefined where no LimitRange is known. */
  defaultsFor(namespace: string): ResourceDefaults | undefined {
    return this.defaults.get(namespace);
  }
}

/** With the defaults that Kubernetes gives to the LimitRange itself: a maximum is a limit, a limit or minimum a request. */
function readDefaults(item: Field, origin: string): ResourceDefaults {
  // A quantity that is none is refused with the LimitRange, which then writes nothing.
  const read = (part: string): ReadonlyMap<string, Amount> =>
    new Map(
      [...readAmounts(item.get(part), () => undefined)].map(([resource, { nano, text }]) => [
        resource,
        { nano, text: `${text} (${origin})` },
      ]),
    );
  const limits = new Map([...read('max'), ...read('default')]);
  return { limits, requests: new Map([...read('min'), ...limits, ...read('defaultRequest')]) };
}
