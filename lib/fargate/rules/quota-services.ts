/** Quotas of Services: the API server refuses a Service that goes beyond one, and with it the deploy. */
import type { Field } from '../manifest/field';
import type { KubeObject } from '../manifest/kube-object';
import { nanoPerUnit } from '../manifest/quantity';
import { readAmounts } from '../sizing/pod-request';
import { shortList } from '../words';
import { isKind, type Rule } from './rule';
import { resourceQuotasPage } from './sources';

/** How much of a resource a Service uses. */
const used: Readonly<Record<string, (spec: Field) => number>> = {
  services: () => 1,
  'services.loadbalancers': (spec) => (spec.get('type').text() === 'LoadBalancer' ? 1 : 0),
  'services.nodeports': nodePorts,
};

/** Of a load balancer too, unless it is told not to. */
function nodePorts(spec: Field): number {
  const type = spec.get('type').text();
  const ports = spec.get('ports').items();
  if (type === 'LoadBalancer' && spec.get('allocateLoadBalancerNodePorts').value === false) {
    return ports.filter((port) => (port.get('nodePort').integer() ?? 0) !== 0).length;
  }
  return type === 'LoadBalancer' || type === 'NodePort' ? ports.length : 0;
}

function ofNamespace(objects: readonly KubeObject[], namespace: string | undefined): readonly KubeObject[] {
  return objects.filter((object) => isKind(object, '', 'Service') && object.namespace === namespace);
}

export const quotaServicesRule: Rule = {
  id: 'quota-services',
  severity: 'error',
  why: 'The API server refuses a Service that goes beyond a ResourceQuota. Those of this repository allow no load balancers and no node ports: Kubernetes itself would make a Classic Load Balancer, which reaches no Fargate pod and costs all the same.',
  source: resourceQuotasPage,
  judges: 'kind',
  group: '',
  kind: 'ResourceQuota',
  check: ({ root, namespace }, { objects }) =>
    [...readAmounts(root.get('spec').get('hard'), () => undefined)].flatMap(([resource, hard]) => {
      const count = used[resource];
      if (count === undefined) {
        return [];
      }
      const services = ofNamespace(objects, namespace)
        .map(({ root: service, label }) => ({ label, count: count(service.get('spec')) }))
        .filter((service) => service.count > 0);
      const sum = services.reduce((total, service) => total + service.count, 0);
      return BigInt(sum) * nanoPerUnit <= hard.nano
        ? []
        : [
            {
              text: `${resource} ${hard.text} is less than the ${sum} of ${shortList(services.map(({ label }) => label))}, and the API server refuses the rest`,
              fix:
                resource === 'services'
                  ? `Raise it to ${sum}.`
                  : 'Leave spec.type out of the Service, and expose it in the stack (docs/ingress.md).',
            },
          ];
    }),
};
