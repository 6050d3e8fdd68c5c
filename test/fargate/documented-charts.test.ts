import { formatCapacity } from '../../lib/fargate/sizing/pod-size';
import { check, type Manifest } from './support/manifests';

/**
 * What AWS documents for Fargate, in the parts that decide: none of it may be an error. The fields are those of
 * the manifests that are named; images, probes and RBAC are left out.
 */
const kubeSystem = (
  apiVersion: string,
  kind: string,
  name: string,
  spec: Manifest,
  annotations: Manifest = {},
): Manifest => ({ apiVersion, kind, metadata: { name, namespace: 'kube-system', annotations }, spec });

const systemPod = (labels: Manifest, spec: Manifest): Manifest => ({
  selector: { matchLabels: labels },
  template: {
    metadata: { labels },
    spec: {
      priorityClassName: 'system-cluster-critical',
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      ...spec,
    },
  },
});

/**
 * kubernetes-sigs/aws-load-balancer-controller: config/controller/controller.yaml with its patches, as
 * docs/install/v2_2_4_full.yaml has it. On Fargate by "Install with manifests" of the EKS user guide.
 */
const loadBalancerController = [
  kubeSystem('apps/v1', 'Deployment', 'aws-load-balancer-controller', {
    replicas: 1,
    ...systemPod(
      { 'app.kubernetes.io/name': 'aws-load-balancer-controller' },
      {
        securityContext: { fsGroup: 1337 },
        volumes: [
          { name: 'cert', secret: { defaultMode: 420, secretName: 'aws-load-balancer-webhook-tls' } },
        ],
        containers: [
          {
            name: 'controller',
            args: [
              '--cluster-name=shop',
              '--ingress-class=alb',
              '--aws-vpc-id=vpc-0',
              '--aws-region=us-west-2',
            ],
            ports: [{ containerPort: 9443, name: 'webhook-server', protocol: 'TCP' }],
            livenessProbe: { httpGet: { path: '/healthz', port: 61_779, scheme: 'HTTP' } },
            resources: {
              requests: { cpu: '100m', memory: '200Mi' },
              limits: { cpu: '200m', memory: '500Mi' },
            },
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              runAsNonRoot: true,
            },
          },
        ],
      },
    ),
  }),
  kubeSystem('v1', 'Service', 'aws-load-balancer-webhook-service', {
    ports: [{ port: 443, targetPort: 9443 }],
    selector: { 'app.kubernetes.io/name': 'aws-load-balancer-controller' },
  }),
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name: 'alb' },
    spec: { controller: 'ingress.k8s.aws/alb' },
  },
];

const offFargate = { key: 'eks.amazonaws.com/compute-type', operator: 'NotIn', values: ['fargate'] };
const ebsResources = { requests: { cpu: '10m', memory: '40Mi' }, limits: { memory: '256Mi' } };
const hardened = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true };

/**
 * kubernetes-sigs/aws-ebs-csi-driver: charts/aws-ebs-csi-driver, templates/controller.yaml and node.yaml with
 * values.yaml. "You can run the Amazon EBS CSI controller on Fargate nodes" (fargate.html of the EKS user guide);
 * its DaemonSet is kept on others by the chart itself.
 */
const ebsCsiDriver = [
  kubeSystem('apps/v1', 'Deployment', 'ebs-csi-controller', {
    replicas: 2,
    ...systemPod(
      { app: 'ebs-csi-controller' },
      {
        affinity: {
          nodeAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              { weight: 1, preference: { matchExpressions: [offFargate] } },
            ],
          },
          podAntiAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              { weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname' } },
            ],
          },
        },
        tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }],
        securityContext: { runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000 },
        volumes: [{ name: 'socket-dir', emptyDir: {} }],
        containers: [
          'ebs-plugin',
          'csi-provisioner',
          'csi-attacher',
          'csi-snapshotter',
          'csi-resizer',
          'liveness-probe',
        ].map((name) => ({
          name,
          env: [{ name: 'CSI_ENDPOINT', value: 'unix:///var/lib/csi/sockets/pluginproxy/csi.sock' }],
          volumeMounts: [{ name: 'socket-dir', mountPath: '/var/lib/csi/sockets/pluginproxy/' }],
          resources: ebsResources,
          securityContext: hardened,
        })),
      },
    ),
  }),
  kubeSystem('apps/v1', 'DaemonSet', 'ebs-csi-node', {
    ...systemPod(
      { app: 'ebs-csi-node' },
      {
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [{ matchExpressions: [offFargate] }],
            },
          },
        },
        volumes: [{ name: 'kubelet-dir', hostPath: { path: '/var/lib/kubelet' } }],
        containers: [{ name: 'ebs-plugin', resources: ebsResources, securityContext: { privileged: true } }],
      },
    ),
  }),
  kubeSystem('policy/v1', 'PodDisruptionBudget', 'ebs-csi-controller', {
    selector: { matchLabels: { app: 'ebs-csi-controller' } },
    maxUnavailable: 1,
  }),
];

/**
 * kubernetes-sigs/metrics-server: manifests/base/deployment.yaml, with the port 10251 of the EKS add-on
 * (metrics-server.html of the EKS user guide), two replicas and a budget.
 */
const metricsServer = [
  kubeSystem('apps/v1', 'Deployment', 'metrics-server', {
    replicas: 2,
    ...systemPod(
      { 'app.kubernetes.io/name': 'metrics-server' },
      {
        volumes: [{ name: 'tmp-dir', emptyDir: {} }],
        containers: [
          {
            name: 'metrics-server',
            args: [
              '--secure-port=10251',
              '--cert-dir=/tmp',
              '--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname',
              '--kubelet-use-node-status-port',
              '--metric-resolution=15s',
            ],
            ports: [{ name: 'https', containerPort: 10_251 }],
            readinessProbe: { httpGet: { path: '/readyz', port: 'https', scheme: 'HTTPS' } },
            resources: { requests: { cpu: '100m', memory: '200Mi' }, limits: { memory: '400Mi' } },
            securityContext: {
              ...hardened,
              runAsNonRoot: true,
              runAsUser: 1000,
              capabilities: { drop: ['ALL'] },
              seccompProfile: { type: 'RuntimeDefault' },
            },
          },
        ],
      },
    ),
  }),
  kubeSystem('policy/v1', 'PodDisruptionBudget', 'metrics-server', {
    selector: { matchLabels: { 'app.kubernetes.io/name': 'metrics-server' } },
    maxUnavailable: 1,
  }),
];

test.each([
  ['the AWS Load Balancer Controller', loadBalancerController, ['0.25vCPU 0.5GB']],
  ['the EBS CSI driver', ebsCsiDriver, ['0.25vCPU 0.5GB', undefined]],
  ['the metrics-server add-on', metricsServer, ['0.25vCPU 0.5GB']],
])('%s is not refused, and the only warning is of its limits', (_what, objects, sizes) => {
  const { pods, findings } = check(objects, { target: 'cluster' });
  expect(findings.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual(['warning limit-differs']);
  expect(pods.map(({ size }) => size && formatCapacity(size))).toEqual(sizes);
});
