import { object } from './manifests';
import type { RuleCase } from './rule-cases';

const service = (annotations: object, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'ui', namespace: 'shop', annotations },
  spec: { type: 'LoadBalancer', selector: { app: 'ui' }, ...spec },
});
const ingress = (annotations: object, spec: object = { ingressClassName: 'alb' }) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'ui', namespace: 'shop', annotations },
  spec,
});
const typeAnnotation = 'service.beta.kubernetes.io/aws-load-balancer-type';
const targetAnnotation = 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type';

export const networkCases: readonly RuleCase[] = [
  {
    rule: 'load-balancer-target',
    fails: [service({})],
    says: [
      'Service shop/ui: type LoadBalancer without the annotation service.beta.kubernetes.io/aws-load-balancer-nlb-target-type sends to node ports, which Fargate does not have. Set service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: ip and service.beta.kubernetes.io/aws-load-balancer-type: external.',
    ],
    passes: {
      'IP targets': [service({ [typeAnnotation]: 'external', [targetAnnotation]: 'ip' })],
      'the older way to ask for IP targets': [service({ [typeAnnotation]: 'nlb-ip' })],
      'a load balancer of another make': [service({}, { loadBalancerClass: 'tailscale' })],
      'addresses written by somebody else': [service({}, { selector: undefined })],
      ClusterIP: [service({}, { type: 'ClusterIP' })],
    },
  },
  {
    rule: 'load-balancer-target',
    fails: [service({ [targetAnnotation]: 'instance' })],
    says: [
      'Service shop/ui: type LoadBalancer with instance in the annotation service.beta.kubernetes.io/aws-load-balancer-nlb-target-type sends to node ports, which Fargate does not have. Set service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: ip and service.beta.kubernetes.io/aws-load-balancer-type: external.',
    ],
    passes: {},
  },
  {
    rule: 'node-port',
    fails: [service({}, { type: 'NodePort' })],
    says: ['Service shop/ui: type NodePort opens no port on Fargate nodes. Write spec.type: ClusterIP.'],
    passes: { ClusterIP: [service({}, { type: 'ClusterIP' })] },
  },
  {
    rule: 'ingress-target',
    fails: [
      ingress({}),
      {
        ...ingress(
          { 'kubernetes.io/ingress.class': 'alb', 'alb.ingress.kubernetes.io/target-type': 'instance' },
          {},
        ),
        metadata: {
          name: 'old',
          namespace: 'shop',
          annotations: {
            'kubernetes.io/ingress.class': 'alb',
            'alb.ingress.kubernetes.io/target-type': 'instance',
          },
        },
      },
    ],
    says: [
      'Ingress shop/ui: ingress class alb without the annotation alb.ingress.kubernetes.io/target-type sends to node ports, which Fargate does not have. Set alb.ingress.kubernetes.io/target-type: ip.',
      'Ingress shop/old: ingress class alb with instance in the annotation alb.ingress.kubernetes.io/target-type sends to node ports, which Fargate does not have. Set alb.ingress.kubernetes.io/target-type: ip.',
    ],
    passes: {
      'IP targets': [ingress({ 'alb.ingress.kubernetes.io/target-type': 'ip' })],
      'another controller': [ingress({}, { ingressClassName: 'nginx' })],
    },
  },
  {
    rule: 'ingress-controller',
    fails: [ingress({}), ingress({ 'kubernetes.io/ingress.class': 'alb' }, {})],
    says: [
      'Ingress shop/ui: nothing in the stack makes a load balancer for ingress class alb. Set the setting ingress, and expose the Service in the stack instead (docs/ingress.md).',
      'Ingress shop/ui: nothing in the stack makes a load balancer for ingress class alb. Set the setting ingress, and expose the Service in the stack instead (docs/ingress.md).',
    ],
    passes: {
      'a class of the stack': [
        ingress({}),
        {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'IngressClass',
          metadata: { name: 'alb' },
          spec: { controller: 'ingress.k8s.aws/alb' },
        },
      ],
      'another controller': [ingress({}, { ingressClassName: 'nginx' })],
    },
  },
  {
    rule: 'ingress-controller',
    options: { target: 'cluster' },
    fails: [],
    says: [],
    passes: { 'manifests of which the cluster is not known': [ingress({})] },
  },
  {
    rule: 'network-policy',
    fails: [object('networking.k8s.io/v1', 'NetworkPolicy')],
    says: [
      'NetworkPolicy shop/cart: not enforced on Fargate pods. Use security groups for pods (SecurityGroupPolicy) where the isolation matters.',
    ],
    passes: { 'a policy of another make': [object('cilium.io/v2', 'CiliumNetworkPolicy')] },
  },
  {
    rule: 'pod-identity',
    fails: [object('eks.services.k8s.aws/v1alpha1', 'PodIdentityAssociation')],
    says: [
      'PodIdentityAssociation shop/cart: EKS Pod Identity gives pods on Fargate no credentials. Use IAM roles for service accounts: the annotation eks.amazonaws.com/role-arn of the ServiceAccount.',
    ],
    passes: { 'a service account with a role': [object('v1', 'ServiceAccount')] },
  },
];
