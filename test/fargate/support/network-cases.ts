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

const ingressClass = (name: string, controller: string, spec: object = {}) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: { name },
  spec: { controller, ...spec },
});

export const networkCases: readonly RuleCase[] = [
  {
    rule: 'load-balancer-target',
    fails: [
      service({ [targetAnnotation]: 'instance' }),
      service({ [targetAnnotation]: 'instance' }, { loadBalancerClass: 'eks.amazonaws.com/nlb' }),
      service({ [targetAnnotation]: 'instance' }, { loadBalancerClass: 'service.k8s.aws/nlb' }),
      ingress({ 'alb.ingress.kubernetes.io/target-type': 'instance' }),
      ingress(
        { 'kubernetes.io/ingress.class': 'alb', 'alb.ingress.kubernetes.io/target-type': 'instance' },
        {},
      ),
      ingressClass('internal', 'ingress.k8s.aws/alb'),
      ingress({ 'alb.ingress.kubernetes.io/target-type': 'instance' }, { ingressClassName: 'internal' }),
    ],
    says: [
      'Service shop/ui: its load balancer has instance targets, and Fargate has no instances. Set service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: ip.',
      'Service shop/ui: its load balancer has instance targets, and Fargate has no instances. Set service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: ip.',
      'Service shop/ui: its load balancer has instance targets, and Fargate has no instances. Set service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: ip.',
      'Ingress shop/ui: its load balancer has instance targets, and Fargate has no instances. Set alb.ingress.kubernetes.io/target-type: ip.',
      'Ingress shop/ui: its load balancer has instance targets, and Fargate has no instances. Set alb.ingress.kubernetes.io/target-type: ip.',
      'Ingress shop/ui: its load balancer has instance targets, and Fargate has no instances. Set alb.ingress.kubernetes.io/target-type: ip.',
    ],
    passes: {
      'IP targets': [
        service({ [typeAnnotation]: 'external', [targetAnnotation]: 'ip' }),
        ingress({ 'alb.ingress.kubernetes.io/target-type': 'ip' }),
      ],
      'targets known at deploy time': [service({ [targetAnnotation]: '${Token[TOKEN.1]}' })],
      'targets that nothing names': [service({}), ingress({})],
      'a load balancer of another make': [
        service({ [targetAnnotation]: 'instance' }, { loadBalancerClass: 'tailscale' }),
        ingress({ 'alb.ingress.kubernetes.io/target-type': 'instance' }, { ingressClassName: 'nginx' }),
      ],
      'addresses written by somebody else': [
        service({ [targetAnnotation]: 'instance' }, { selector: undefined }),
      ],
      ClusterIP: [service({ [targetAnnotation]: 'instance' }, { type: 'ClusterIP' })],
    },
  },
  {
    rule: 'load-balancer-target-unset',
    fails: [service({}), service({}, { loadBalancerClass: 'service.k8s.aws/nlb' }), ingress({})],
    says: [
      'Service shop/ui: its load balancer has instance targets by default, and Fargate has no instances. Set service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: ip, and service.beta.kubernetes.io/aws-load-balancer-type: external.',
      'Service shop/ui: its load balancer has instance targets by default, and Fargate has no instances. Set service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: ip, and service.beta.kubernetes.io/aws-load-balancer-type: external.',
      'Ingress shop/ui: its load balancer has instance targets by default, and Fargate has no instances. Set alb.ingress.kubernetes.io/target-type: ip.',
    ],
    passes: {
      'IP targets': [
        service({ [targetAnnotation]: 'ip' }),
        ingress({ 'alb.ingress.kubernetes.io/target-type': 'ip' }),
      ],
      'the older way to ask for IP targets': [service({ [typeAnnotation]: 'nlb-ip' })],
      'what is an error already': [service({ [targetAnnotation]: 'instance' })],
      'EKS Auto Mode, where IP is the default': [
        service({}, { loadBalancerClass: 'eks.amazonaws.com/nlb' }),
        ingressClass('alb', 'eks.amazonaws.com/alb'),
        ingress({}),
      ],
      'parameters of the class': [
        ingressClass('alb', 'ingress.k8s.aws/alb', { parameters: { name: 'ip-targets' } }),
        {
          apiVersion: 'elbv2.k8s.aws/v1beta1',
          kind: 'IngressClassParams',
          metadata: { name: 'ip-targets' },
          spec: { targetType: 'ip' },
        },
        ingress({}),
      ],
      'another controller of that name': [ingressClass('alb', 'example.com/alb'), ingress({})],
    },
  },
  {
    rule: 'load-balancer-target-unset',
    fails: [
      ingressClass('internal', 'ingress.k8s.aws/alb', { parameters: { name: 'instances' } }),
      {
        apiVersion: 'elbv2.k8s.aws/v1beta1',
        kind: 'IngressClassParams',
        metadata: { name: 'instances' },
        spec: { targetType: 'instance' },
      },
      ingress({}, { ingressClassName: 'internal' }),
    ],
    says: [
      'Ingress shop/ui: its load balancer has instance targets by default, and Fargate has no instances. Set alb.ingress.kubernetes.io/target-type: ip.',
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
    rule: 'ingress-controller',
    fails: [
      ingress({}),
      ingress({ 'kubernetes.io/ingress.class': 'alb' }, {}),
      ingressClass('nginx', 'k8s.io/ingress-nginx'),
    ],
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
