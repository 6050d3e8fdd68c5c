import { loadPlan } from '../../../../lib/commands/verify/load-plan';
import type { ExpectedState } from '../../../../lib/commands/verify/expected';
import type {
  ObservedDeployment,
  ObservedEvent,
  ObservedNode,
  ObservedPod,
  ObservedProfile,
  ObservedReplicaSet,
  ObservedRole,
  ObservedState,
  ObservedSubnet,
} from '../../../../lib/commands/verify/observed';

/** What was looked at, all of it. Tests change a copy, one thing at a time. */
export interface State {
  role: ObservedRole;
  profile: ObservedProfile;
  subnets: ObservedSubnet[];
  deployments: ObservedDeployment[];
  replicaSets: ObservedReplicaSet[];
  pods: ObservedPod[];
  nodes: ObservedNode[];
  events: ObservedEvent[];
}

export type Variant = 'labelled' | 'resized' | 'scaled';

export const region = 'us-west-2';
export const account = '111122223333';
export const clusterName = 'CheckoutStack';
export const logGroup = '/aws/eks/CheckoutStack/pods';
export const logGroupArn = `arn:aws:logs:${region}:${account}:log-group:${logGroup}`;
export const profileName = loadPlan().profiles.find(({ name }) => name.startsWith('checkout-profile'))!.name;
export const roleArn = `arn:aws:iam::${account}:role/CheckoutStack-PodExecutionRole7F3A-kq0Zb1`;
export const subnetIds = ['subnet-0a11', 'subnet-0b22', 'subnet-0c33'];
export const sourceArn = `arn:aws:eks:${region}:${account}:fargateprofile/${clusterName}/*`;

/** The statement of the trust policy. */
export const designedTrust = {
  Effect: 'Allow',
  Principal: { Service: 'eks-fargate-pods.amazonaws.com' },
  Action: 'sts:AssumeRole',
  Condition: { ArnLike: { 'aws:SourceArn': sourceArn } },
};

/** The statement of the inline policy, as the stack deploys it: an ARN of a log group ends with `:*`. */
export const designedLogPermissions = {
  Effect: 'Allow',
  Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
  Resource: `${logGroupArn}:*`,
};

/** Revision, replicas and size of the checkout Deployment after each step of the walk-through. */
const variants = {
  labelled: { revision: '1', hash: '6c9f7d5b8', replicas: 1, capacity: '0.25vCPU 1GB' },
  resized: { revision: '2', hash: '78fbb666b', replicas: 1, capacity: '1vCPU 3GB' },
  scaled: { revision: '2', hash: '78fbb666b', replicas: 3, capacity: '1vCPU 3GB' },
} as const;
const redis = { revision: '1', hash: '5d4b8c7f9', replicas: 1, capacity: '0.25vCPU 0.5GB' } as const;

const selector = (component: string) => ({
  'app.kubernetes.io/name': 'checkout',
  'app.kubernetes.io/instance': 'checkout',
  'app.kubernetes.io/component': component,
});

/** What the repository predicts of a variant. */
export function expectedOf(variant: Variant): ExpectedState {
  const workload = { namespace: 'checkout', labels: { fargate: 'yes' }, profile: profileName };
  return {
    variant,
    role: { arn: roleArn, sourceArn, logGroupArn },
    profile: {
      name: profileName,
      selectors: [{ namespace: 'checkout', labels: { fargate: 'yes' } }],
      podExecutionRoleArn: roleArn,
      subnetIds,
    },
    workloads: [
      {
        ...workload,
        name: 'checkout',
        replicas: variants[variant].replicas,
        selector: selector('service'),
        capacity: variants[variant].capacity,
      },
      {
        ...workload,
        name: 'checkout-redis',
        replicas: 1,
        selector: selector('redis'),
        capacity: redis.capacity,
      },
    ],
    unfollowed: [],
  };
}

/**
 * A cluster on which the variant runs as it should.
 *
 * Annotations, events, node names and labels have the form that the EKS Workshop and
 * github.com/aws/containers-roadmap/issues/1976 print; versions of kubelet and runtime are made up.
 */
export function healthyState(variant: Variant): State {
  const checkout = variants[variant];
  const pods = [
    ...Array.from({ length: checkout.replicas }, (_, index) =>
      runningPod(
        'checkout',
        'service',
        checkout,
        ['fftl5', 'x2k8w', 'p7m4d'][index] ?? '',
        `10-0-${130 + index * 20}-96`,
      ),
    ),
    runningPod('checkout-redis', 'redis', redis, 'q9v6t', '10-0-141-17'),
  ];
  return {
    role: {
      arn: roleArn,
      trustPolicy: policy(designedTrust),
      attachedPolicies: ['arn:aws:iam::aws:policy/AmazonEKSFargatePodExecutionRolePolicy'],
      inlinePolicies: [
        {
          name: 'PodLogs',
          document: policy(designedLogPermissions),
        },
      ],
    },
    profile: {
      status: 'ACTIVE',
      podExecutionRoleArn: roleArn,
      selectors: [{ namespace: 'checkout', labels: { fargate: 'yes' } }],
      subnetIds,
      healthIssues: [],
    },
    subnets: subnetIds.map((id, index) => ({
      id,
      zone: zone(index),
      routeTable: `rtb-0${index}`,
      routes: [
        { destination: '10.0.0.0/16', target: 'local', isDead: false },
        { destination: '0.0.0.0/0', target: `nat-0${index}`, isDead: false },
      ],
    })),
    deployments: [deployment('checkout', checkout), deployment('checkout-redis', redis)],
    replicaSets: [
      ...(checkout.revision === '2' ? [replicaSet('checkout', variants.labelled)] : []),
      replicaSet('checkout', checkout),
      replicaSet('checkout-redis', redis),
    ],
    pods,
    nodes: pods.map(({ nodeName }, index) => node(nodeName ?? '', zone(index))),
    events: pods.flatMap(({ name, nodeName }) => [
      event(name, 'Normal', 'LoggingEnabled', 'Successfully enabled logging for pod'),
      event(name, 'Normal', 'Scheduled', `Successfully assigned checkout/${name} to ${nodeName}`),
    ]),
  };
}

/** The state as the readers hand it over. */
export function observe(state: State): ObservedState {
  const { role, profile, subnets, deployments, replicaSets, pods, nodes, events } = structuredClone(state);
  return {
    role: { seen: role },
    profile: { seen: profile },
    subnets: { seen: subnets },
    workloads: { seen: { deployments, replicaSets, pods } },
    nodes: { seen: nodes },
    events: { seen: events },
  };
}

/** An event of the Fargate scheduler about a pod. */
export function event(pod: string, type: string, reason: string, message: string): ObservedEvent {
  return { namespace: 'checkout', pod, type, reason, source: 'fargate-scheduler', message };
}

/** A policy document with one statement. */
export function policy(statement: object): object {
  return { Version: '2012-10-17', Statement: [statement] };
}

interface Revision {
  readonly revision: string;
  readonly hash: string;
  readonly replicas: number;
  readonly capacity: string;
}

function zone(index: number): string {
  return `${region}${'abc'[index % 3]}`;
}

function deployment(name: string, { revision, replicas }: Revision): ObservedDeployment {
  return {
    namespace: 'checkout',
    name,
    revision,
    generation: 1,
    observedGeneration: 1,
    replicas,
    currentReplicas: replicas,
    updatedReplicas: replicas,
    readyReplicas: replicas,
    availableReplicas: replicas,
    conditions: [
      { type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable', message: '' },
      { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable', message: '' },
    ],
  };
}

function replicaSet(name: string, { revision, hash }: Revision): ObservedReplicaSet {
  return { namespace: 'checkout', name: `${name}-${hash}`, deployment: name, revision };
}

function runningPod(
  name: string,
  component: string,
  of: Revision,
  suffix: string,
  address: string,
): ObservedPod {
  return {
    namespace: 'checkout',
    name: `${name}-${of.hash}-${suffix}`,
    labels: {
      ...selector(component),
      'eks.amazonaws.com/fargate-profile': profileName,
      fargate: 'yes',
      'pod-template-hash': of.hash,
    },
    replicaSet: `${name}-${of.hash}`,
    schedulerName: 'fargate-scheduler',
    nodeName: `fargate-ip-${address}.${region}.compute.internal`,
    phase: 'Running',
    conditions: ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'].map((type) => ({
      type,
      status: 'True',
      reason: '',
      message: '',
    })),
    troubledContainers: [],
    capacity: of.capacity,
    logging: 'LoggingEnabled',
    deletedAt: null,
  };
}

function node(name: string, inZone: string): ObservedNode {
  return {
    name,
    labels: {
      'eks.amazonaws.com/compute-type': 'fargate',
      'kubernetes.io/arch': 'amd64',
      'kubernetes.io/hostname': name.replace('fargate-', ''),
      'kubernetes.io/os': 'linux',
      'topology.kubernetes.io/region': region,
      'topology.kubernetes.io/zone': inZone,
    },
    osImage: 'Amazon Linux 2',
    kubelet: 'v1.36.1-eks-0000000',
    containerRuntime: 'containerd://1.7.27',
  };
}
