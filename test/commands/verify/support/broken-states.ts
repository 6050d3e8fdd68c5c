import { accountTrust, logPermissions, policy, trust } from './aws-stand-in';
import { addEvent, containerStatus, type ClusterState } from './healthy-cluster';
import type { State } from './run-verify';
import { clusterName } from './shop';

/** One thing that can be wrong with the shop. */
export interface BrokenState {
  /** What happened, as a person would say it. */
  readonly what: string;
  readonly break: (state: State) => unknown;
  /** The one check that must break. */
  readonly check: string;
  /** What it must say was seen, of each subject. */
  readonly observed: readonly unknown[];
  /** How the usual cause that it gives begins, where it is not that of the check. */
  readonly cause?: string;
  /** Checks that cannot be judged because of it. */
  readonly follows?: readonly string[];
}

const afterRollout = ['replicas', 'no-leftover-pods'];
const afterNode = ['on-fargate', 'capacity', 'logging', 'one-pod-per-node', 'kubelet-version'];
const afterPods = ['pod-labels', ...afterNode];
const role = ({ aws }: State) => aws.roles['Shop-shop-kq0Zb1']!;
const reporter = ({ cluster }: State) => cluster.serviceaccounts[0]!.metadata!;
const roleAnnotation = 'eks.amazonaws.com/role-arn';
const profile = ({ aws }: State) => aws.profiles['shop']!;

/** The pods of an object, by the beginning of their names. */
export function podsNamed({ pods }: ClusterState, prefix: string) {
  return pods.filter(({ metadata }) => metadata?.name?.startsWith(prefix));
}

const pod = ({ cluster }: State, prefix = 'web') => podsNamed(cluster, prefix)[0]!;
const node = (state: State) =>
  state.cluster.nodes.find(({ metadata }) => metadata?.name === pod(state).spec?.nodeName)!;
const deployment = ({ cluster }: State) =>
  cluster.deployments.find(({ metadata }) => metadata?.name === 'web')!;

/** The first pod of the service has no node, and its Deployment waits for it. */
function pend(state: State, schedulerName = 'fargate-scheduler', prefix = 'web'): void {
  const { metadata, spec, status } = pod(state, prefix);
  Object.assign(spec!, { schedulerName, nodeName: undefined });
  Object.assign(status!, {
    phase: 'Pending',
    conditions: [],
    containerStatuses: [],
    initContainerStatuses: [],
  });
  delete metadata!.annotations;
  state.cluster.events = state.cluster.events.filter(({ involvedObject: { uid } }) => uid !== metadata?.uid);
  const owner = state.cluster.deployments.find((one) => one.metadata?.name === prefix);
  Object.assign(owner?.status ?? {}, { readyReplicas: 1, availableReplicas: 1 });
}

/** Nobody makes a pod of the service, for the reason in a condition. */
function halt(state: State, type: string, status: string, reason: string, message = ''): void {
  state.cluster.pods = state.cluster.pods.filter((one) => !podsNamed(state.cluster, 'web').includes(one));
  Object.assign(deployment(state).status!, {
    replicas: 0,
    updatedReplicas: 0,
    readyReplicas: 0,
    availableReplicas: 0,
    conditions: [{ type, status, reason, message }],
  });
}

const haltedText = '0 of 2 ready, 0 of 2 updated';
const halted = [...afterPods, ...afterRollout];
const pendingText = '1 of 2 ready, 1 of 2 available';
const pending = [...afterNode, ...afterRollout, 'budgets'];

/** The service has one more pod, like its first. */
function leave(state: State, name: string, metadata: object, status: object = {}): void {
  const copy = structuredClone(pod(state));
  Object.assign(copy.metadata!, { name }, metadata);
  Object.assign(copy.status!, status);
  state.cluster.pods.push(copy);
}

const ownedBy = (uid: string) => ({
  ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid }],
});
const ending = { deletionTimestamp: '2026-11-22T10:00:00Z' };

/** Fargate says why it does not start the first pod. */
const told = (message: string) => (state: State) => {
  pend(state);
  addEvent(state.cluster, 'Pod', pod(state).metadata!, 'FailedScheduling', message);
};

/** A container of the first pod does not run. */
const troubled = (name: string, reason: string, init: boolean) => (state: State) => {
  const waiting = [containerStatus(name, { waiting: { reason, message: 'back-off 5m0s' } })];
  Object.assign(pod(state).status!, {
    conditions: [],
    [init ? 'initContainerStatuses' : 'containerStatuses']: waiting,
  });
  Object.assign(deployment(state).status!, { readyReplicas: 1, availableReplicas: 1 });
};

const write = logPermissions('/aws/eks/shop-cluster/pods', ['logs:CreateLogStream', 'logs:PutLogEvents']);
const written = `Allow logs:CreateLogStream, logs:PutLogEvents on ${write.Resource}`;
const trusted = trust(clusterName);
const trustedText = `Allow sts:AssumeRole to Service eks-fargate-pods.amazonaws.com if ArnLike aws:SourceArn arn:aws:eks:us-west-2:111122223333:fargateprofile/${clusterName}/*`;

/** What somebody made of the inline policy, and how it is told. */
const inlinePolicies: readonly (readonly [string, readonly object[], string])[] = [
  ['is gone', [], `lacks ${written}`],
  [
    'writes to every log group',
    [{ ...write, Resource: '*' }],
    `lacks ${written}; also Allow logs:CreateLogStream, logs:PutLogEvents on *`,
  ],
  [
    'is for another account',
    [{ ...write, Resource: write.Resource.replace('111122223333', '444455556666') }],
    `lacks ${written}; also ${written.replace('111122223333', '444455556666')}`,
  ],
  [
    'names the group without its streams',
    [{ ...write, Resource: write.Resource.slice(0, -2) }],
    `lacks ${written}; also ${written.slice(0, -2)}`,
  ],
  [
    'lacks an action',
    [{ ...write, Action: 'logs:PutLogEvents' }],
    `lacks ${written}; also Allow logs:PutLogEvents on ${write.Resource}`,
  ],
  ['denies', [write, { Effect: 'Deny', Action: 'logs:*', Resource: '*' }], 'also Deny logs:* on *'],
  [
    'is under a condition',
    [{ ...write, Condition: { StringEquals: { 'aws:a': 'b' } } }],
    `lacks ${written}; also ${written} if StringEquals aws:a b`,
  ],
  [
    'allows all but one action',
    [write, { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
    'also {"Effect":"Allow","NotAction":"iam:*","Resource":"*"}',
  ],
];

/** What somebody made of the trust policy, and how it is told. */
const trustPolicies: readonly (readonly [string, object, string])[] = [
  [
    'lets anyone in',
    { ...trusted, Principal: '*' },
    `also ${JSON.stringify({ ...trusted, Principal: '*' })}`,
  ],
  [
    'has lost its condition',
    { ...trusted, Condition: undefined },
    'also Allow sts:AssumeRole to Service eks-fargate-pods.amazonaws.com',
  ],
  [
    'lets every cluster in',
    { ...trusted, Condition: { ArnLike: { 'aws:SourceArn': 'arn:*' } } },
    'also Allow sts:AssumeRole to Service eks-fargate-pods.amazonaws.com if ArnLike aws:SourceArn arn:*',
  ],
  [
    'lets a user in too',
    { ...trusted, Principal: { ...trusted.Principal, AWS: ['arn:a', 'arn:b'] } },
    `also ${trustedText.replace('to Service', 'to AWS arn:a, arn:b, Service')}`,
  ],
  ['denies', { ...trusted, Effect: 'Deny' }, `also ${trustedText.replace('Allow', 'Deny')}`],
  ['allows more', { ...trusted, Action: 'sts:*' }, `also ${trustedText.replace('sts:AssumeRole', 'sts:*')}`],
];

const reporterTrust = accountTrust('shop', 'reporter');
const [reporterAud, reporterSub] = Object.keys(reporterTrust.Condition.StringEquals) as [string, string];
const reporterTrustText = `Allow sts:AssumeRoleWithWebIdentity to Federated ${reporterTrust.Principal.Federated} if StringEquals ${reporterAud} sts.amazonaws.com and StringEquals ${reporterSub} system:serviceaccount:shop:reporter`;

/** What somebody made of the trust policy of a ServiceAccount's role: texts that were replaced by others. */
const accountTrusts: readonly (readonly [string, string, string])[] = [
  ['lets the pods of another cluster in', '/id/ABC', '/id/OTHER'],
  ['lets another ServiceAccount in', 'shop:reporter', 'shop:web'],
  ['lets every ServiceAccount in', 'shop:reporter', '*'],
  ['accepts tokens for another service', 'sts.amazonaws.com', 'vault'],
];

/** What Fargate or Kubernetes say of a pod that does not start, and the cause that is told. */
const messages: readonly (readonly [string, string, string])[] = [
  [
    'the account is blocked',
    'Your AWS account is currently blocked and thus cannot launch any Fargate pods',
    'AWS does not let this account',
  ],
  [
    'the role is not to be used',
    'Misconfigured Fargate Profile: fargate profile x blocked for new launches due to: y',
    'the pod execution role is gone',
  ],
  [
    'the pod is not for Fargate',
    'Pod not supported on Fargate: fields not supported: HostNetwork',
    'the pod asks for something',
  ],
  [
    'the quota is used up',
    'Your AWS account has reached the limit on the number of Fargate pods it can run concurrently',
    'the account has used up',
  ],
  [
    'Fargate cannot provision',
    'Pod provisioning timed out (will retry) for pod: shop/web',
    'Fargate tries again for some time. If it keeps failing',
  ],
  ['the zone is full', 'Fargate capacity is unavailable at this time.', 'the zone has no Fargate capacity'],
];

/** Why Kubernetes makes no pods, in its words, and the cause that is told. */
const refusals: readonly (readonly [string, string, string])[] = [
  [
    'the namespace refuses the pods',
    'pods "x" is forbidden: violates PodSecurity',
    'the namespace enforces a Pod Security level',
  ],
  [
    'a quota refuses the pods',
    'pods "x" is forbidden: exceeded quota: pods',
    'a ResourceQuota of the namespace is used up',
  ],
  [
    'a webhook refuses the pods',
    'admission webhook "a.b" denied the request: no',
    'an admission webhook refuses the pods',
  ],
  ['something else refuses the pods', 'serviceaccount "x" not found', 'Kubernetes refuses to make the pods'],
];

/** What happened, how to bring it about, what is seen of each subject that breaks, and what else the report has. */
type Row = readonly [
  what: string,
  change: (state: State) => unknown,
  /** A text, or what a test expects of it; a list for several subjects. */
  observed: unknown,
  more?: Pick<BrokenState, 'cause' | 'follows'>,
];

/** By the check that breaks, and no other: at least one for every check. */
const rows: Readonly<Record<string, readonly Row[]>> = {
  'role-managed-policy': [
    [
      'the role was deleted',
      ({ aws }) => delete aws.roles['Shop-shop-kq0Zb1'],
      'there is no role Shop-shop-kq0Zb1',
      { follows: ['role-inline-policies', 'role-trust'] },
    ],
    [
      'the managed policy was detached',
      (state) => (role(state).attached = []),
      'lacks AmazonEKSFargatePodExecutionRolePolicy',
    ],
    [
      'AdministratorAccess was attached in addition, to the role of the other profile',
      ({ aws }) =>
        aws.roles['Shop-system-kq0Zb1']!.attached.push('arn:aws:iam::aws:policy/AdministratorAccess'),
      'also AdministratorAccess',
    ],
    [
      'the role of the ServiceAccount was deleted',
      ({ aws }) => delete aws.roles['shop-reporter'],
      'there is no role shop-reporter',
      { follows: ['role-inline-policies', 'role-trust', 'service-account-role'] },
    ],
  ],
  'profile-status': [
    [
      'the profile was deleted',
      ({ aws }) => delete aws.profiles['shop'],
      'there is no profile shop',
      { follows: ['profile-selectors', 'profile-role', 'profile-subnets'] },
    ],
    ['the profile is still being made', (state) => (profile(state).status = 'CREATING'), 'CREATING'],
    [
      'EKS says that an active profile is unhealthy',
      (state) => profile(state).health.issues.push({ code: 'AccessDenied', message: 'no' }),
      'ACTIVE with 1 health issue',
      { cause: 'the health issues name it' },
    ],
  ],
  'role-inline-policies': [
    ...inlinePolicies.map(([what, statements, observed]): Row => [
      `the inline policy ${what}`,
      (state) => (role(state).inline = { PodLogs: policy(...statements) }),
      observed,
    ]),
    [
      'the policy of the ServiceAccount was widened',
      ({ aws }) => {
        const { inline } = aws.roles['shop-reporter']!;
        inline['Policy0'] = JSON.parse(JSON.stringify(inline['Policy0']).replaceAll(/arn:[^"]+/gu, '*'));
      },
      'lacks Allow kms:Decrypt on …; also Allow kms:Decrypt on *',
    ],
  ],
  'role-trust': [
    ...trustPolicies.map(([what, statement, observed]): Row => [
      `the trust policy ${what}`,
      (state) => (role(state).AssumeRolePolicyDocument = policy(statement)),
      `lacks ${trustedText}; ${observed}`,
    ]),
    ...accountTrusts.map(([what, text, other]): Row => [
      `the trust policy of the ServiceAccount ${what}`,
      ({ aws }) => {
        const document = JSON.stringify(policy(reporterTrust)).replaceAll(text, other);
        aws.roles['shop-reporter']!.AssumeRolePolicyDocument = JSON.parse(document);
      },
      `lacks ${reporterTrustText}; also ${reporterTrustText.replaceAll(text, other)}`,
    ]),
  ],
  'service-account-role': [
    [
      'the ServiceAccount names another role',
      (state) => (reporter(state).annotations = { [roleAnnotation]: 'arn:aws:iam::111122223333:role/Other' }),
      'arn:aws:iam::111122223333:role/Other',
    ],
    [
      'the ServiceAccount names no role any more',
      (state) => delete reporter(state).annotations,
      `no ${roleAnnotation}`,
    ],
    [
      'the ServiceAccount was deleted',
      ({ cluster }) => cluster.serviceaccounts.pop(),
      'no such ServiceAccount',
      { cause: 'somebody deleted it by hand' },
    ],
  ],
  'profile-selectors': [
    [
      'the profile selects by another label',
      (state) => (profile(state).selectors = [{ namespace: 'shop', labels: { compute: 'ec2' } }]),
      'namespace shop with compute=ec2',
    ],
  ],
  'profile-role': [
    [
      'the profile has another role',
      (state) => (profile(state).podExecutionRoleArn = 'arn:aws:iam::111122223333:role/Other'),
      'arn:aws:iam::111122223333:role/Other',
    ],
  ],
  'profile-subnets': [
    ['the profile lacks a subnet', (state) => (profile(state).subnets = ['subnet-0a']), 'subnet-0a'],
  ],
  'private-subnets': [
    [
      'a subnet is public',
      ({ aws }) => (aws.subnets[1]!.routes = [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-0f' }]),
      'us-west-2b, rtb-01: 0.0.0.0/0 -> igw-0f',
    ],
    [
      'a NAT gateway was deleted',
      ({ aws }) => Object.assign(aws.subnets[0]!.routes[1]!, { State: 'blackhole' }),
      'us-west-2a, rtb-00: 0.0.0.0/0 -> nat-00 (blackhole)',
      { cause: 'somebody deleted the target of the route' },
    ],
    [
      'a subnet was deleted',
      ({ aws }) => aws.subnets.shift(),
      'no such subnet',
      { cause: 'somebody deleted it by hand' },
    ],
  ],
  rollout: [
    ...messages.map(([what, message, cause]): Row => [
      what,
      told(message),
      pendingText,
      { cause, follows: pending },
    ]),
    [
      'a container crashes',
      troubled('main', 'CrashLoopBackOff', false),
      pendingText,
      { cause: 'the container starts and ends again', follows: [...afterRollout, 'budgets'] },
    ],
    [
      'an init container finds no image',
      troubled('prepare', 'ImagePullBackOff', true),
      pendingText,
      { cause: 'the image does not exist', follows: [...afterRollout, 'budgets'] },
    ],
    [
      'Kubernetes has given up on the rollout',
      (state) => {
        pend(state);
        deployment(state).status!.conditions = [
          { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' },
        ];
      },
      '1 of 2 ready, progress deadline exceeded',
      { cause: 'no further pod became ready', follows: pending },
    ],
    ...refusals.map(([what, message, cause]): Row => [
      what,
      (state) => halt(state, 'ReplicaFailure', 'True', 'FailedCreate', message),
      haltedText,
      { cause, follows: halted },
    ]),
    [
      'the Deployment is paused',
      (state) => halt(state, 'Progressing', 'Unknown', 'DeploymentPaused', 'Deployment is paused'),
      haltedText,
      { cause: 'somebody paused the Deployment', follows: halted },
    ],
    [
      'the ReplicaSet cannot be made',
      (state) => halt(state, 'Progressing', 'False', 'ReplicaSetCreateError'),
      haltedText,
      { cause: 'Kubernetes cannot make the ReplicaSet', follows: halted },
    ],
    [
      'the control plane has not seen the change',
      (state) => Object.assign(deployment(state).metadata!, { generation: 2 }),
      '2 of 2 ready, change not yet picked up',
      { cause: 'the control plane has not seen the change', follows: afterRollout },
    ],
    [
      'the Deployment was deleted',
      ({ cluster }) => {
        cluster.deployments = cluster.deployments.filter(({ metadata }) => metadata?.name !== 'web');
        cluster.pods = cluster.pods.filter(({ metadata }) => !metadata?.name?.startsWith('web'));
      },
      'no such Deployment',
      { cause: 'somebody deleted it by hand', follows: halted },
    ],
    [
      'the StatefulSet was deleted',
      ({ cluster }) => {
        cluster.statefulsets.pop();
        cluster.pods = cluster.pods.filter(({ metadata }) => metadata?.name !== 'db-0');
      },
      'no such StatefulSet',
      { cause: 'somebody deleted it by hand', follows: halted },
    ],
    [
      'the CronJob was deleted',
      ({ cluster }) => cluster.cronjobs.pop(),
      'no such CronJob',
      { cause: 'somebody deleted it by hand', follows: ['no-leftover-pods'] },
    ],
    [
      'the pods of the StatefulSet are refused',
      ({ cluster }) => {
        const { metadata, status } = cluster.statefulsets[0]!;
        cluster.pods = cluster.pods.filter((one) => !podsNamed(cluster, 'db').includes(one));
        Object.assign(status!, { readyReplicas: 0, replicas: 0 });
        addEvent(
          cluster,
          'StatefulSet',
          metadata!,
          'FailedCreate',
          'pods "db-0" is forbidden: violates PodSecurity',
        );
      },
      '0 of 1 ready, 1 to start',
      { cause: 'the namespace enforces a Pod Security level', follows: halted },
    ],
    [
      'the StatefulSet is being updated',
      (state) => {
        Object.assign(state.cluster.statefulsets[0]!.status!, { updateRevision: 'db-2', updatedReplicas: 0 });
        // Not what is planned now, and no failure of its own.
        pod(state, 'db').metadata!.annotations!['CapacityProvisioned'] = '1vCPU 2GB';
      },
      '1 of 1 ready, 0 of 1 updated',
      { follows: [...afterPods, ...afterRollout] },
    ],
    [
      'the Job failed',
      ({ cluster }) => {
        const job = cluster.jobs.find(({ metadata }) => metadata?.name === 'migrate')!;
        job.status = { conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' }] };
      },
      '0 of 1 completed, failed: BackoffLimitExceeded',
      { cause: 'the pods of the run failed', follows: ['no-leftover-pods'] },
    ],
    [
      'the last run of the CronJob failed',
      ({ cluster }) => {
        const job = cluster.jobs.find(({ metadata }) => metadata?.name === 'report-29401')!;
        job.status = { conditions: [{ type: 'Failed', status: 'True', reason: 'DeadlineExceeded' }] };
      },
      'schedule "0 3 * * *", last run report-29401: 0 of 1 completed, failed: DeadlineExceeded',
      { cause: 'the pods of the run failed', follows: ['no-leftover-pods'] },
    ],
    [
      'somebody suspended the CronJob',
      ({ cluster }) => Object.assign(cluster.cronjobs[0]!.spec!, { suspend: true }),
      'suspended',
      {
        cause: 'somebody suspended it: `kubectl patch cronjob report -n shop',
        follows: ['no-leftover-pods'],
      },
    ],
  ],
  'pod-labels': [
    [
      'a pod has no label, and nothing else would run it',
      (state) => {
        pend(state, 'default-scheduler');
        delete pod(state).metadata!.labels!['compute'];
      },
      'lacks compute=fargate',
      { follows: ['rollout', ...afterNode, ...afterRollout, 'budgets'] },
    ],
  ],
  'on-fargate': [
    [
      'a pod of a run landed on an EC2 node',
      (state) =>
        Object.assign(pod(state, 'report').spec!, { schedulerName: 'default-scheduler', nodeName: 'ip-1' }),
      'scheduled by default-scheduler onto ip-1',
      { follows: ['capacity', 'logging', 'kubelet-version'] },
    ],
    [
      'a pod was made before the profile',
      (state) => pend(state, 'default-scheduler', 'coredns'),
      'scheduled by default-scheduler onto no node',
      { follows: ['rollout', ...afterNode.slice(1), ...afterRollout] },
    ],
    [
      'a pod landed on another profile',
      (state) => (pod(state).metadata!.labels!['eks.amazonaws.com/fargate-profile'] = 'all'),
      'on profile all instead of shop',
      { follows: ['capacity', 'logging'] },
    ],
    [
      'a pod is on a node of another name',
      (state) => {
        node(state).metadata!.name = 'ip-2';
        pod(state).spec!.nodeName = 'ip-2';
      },
      'on ip-2',
      { follows: ['capacity', 'logging'] },
    ],
    [
      'the node of a pod is gone',
      (state) => (state.cluster.nodes = state.cluster.nodes.filter((one) => one !== node(state))),
      expect.stringMatching(/^its node fargate-ip-\S+ is gone$/),
      { follows: ['capacity', 'logging', 'kubelet-version'] },
    ],
    [
      'the label of a node says EC2',
      (state) => (node(state).metadata!.labels!['eks.amazonaws.com/compute-type'] = 'ec2'),
      expect.stringMatching(/^on fargate-ip-\S+, whose eks.amazonaws.com\/compute-type is ec2$/),
      { follows: ['capacity', 'logging'] },
    ],
  ],
  capacity: [
    [
      'a pod has the size of another variant',
      (state) => (pod(state).metadata!.annotations!['CapacityProvisioned'] = '1vCPU 3GB'),
      '1vCPU 3GB',
    ],
    [
      'a pod says nothing of its size',
      (state) => delete pod(state).metadata!.annotations!['CapacityProvisioned'],
      'no such annotation',
    ],
  ],
  logging: [
    [
      'a pod of CoreDNS started before the logging ConfigMap was there',
      (state) => (pod(state, 'coredns').metadata!.annotations!['Logging'] = 'LoggingDisabled: X'),
      'LoggingDisabled: X',
    ],
  ],
  replicas: [
    [
      'somebody scaled in by hand',
      (state) => {
        const { spec, status } = deployment(state);
        const one = { replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1 };
        Object.assign(spec!, { replicas: 1 });
        Object.assign(status!, one);
        state.cluster.pods = state.cluster.pods.filter((other) => other !== pod(state));
      },
      '1',
    ],
  ],
  'one-pod-per-node': [
    [
      'two pods share a node',
      (state) => (pod(state, 'db').spec!.nodeName = pod(state).spec!.nodeName),
      [
        expect.stringMatching(/^shares \S+ with Pod shop\/db-0$/),
        expect.stringMatching(/with Pod shop\/web-/),
      ],
    ],
  ],
  'no-leftover-pods': [
    [
      'a pod hangs in its deletion',
      (state) => leave(state, 'web-old', ending),
      'web-old',
      { cause: 'the pod is still ending' },
    ],
    [
      'a pod of the older ReplicaSet hangs in its deletion, and an evicted one was left behind',
      (state) => {
        const { replicasets } = state.cluster;
        const older = structuredClone(replicasets.find(({ metadata }) => metadata?.name?.startsWith('web'))!);
        const annotations = { 'deployment.kubernetes.io/revision': '1' };
        Object.assign(older.metadata!, { uid: 'older', annotations });
        replicasets.push(older);
        leave(state, 'web-old', { ...ownedBy('older'), ...ending });
        leave(state, 'web-evicted', {}, { phase: 'Failed' });
      },
      'web-evicted, web-old',
      { cause: 'the pod was evicted and stays as Failed' },
    ],
    ['the owner of a pod is gone', (state) => leave(state, 'web-old', ownedBy('gone')), 'web-old'],
    [
      'an evicted pod was left behind',
      (state) => leave(state, 'web-old', {}, { phase: 'Failed' }),
      'web-old',
    ],
    [
      'a pod has lost its owner',
      (state) => leave(state, 'web-old', { ownerReferences: undefined }),
      'web-old',
    ],
  ],
  autoscalers: [
    [
      'the autoscaler has no metrics',
      ({ cluster }) =>
        Object.assign(cluster.horizontalpodautoscalers[0]!.status!.conditions![1]!, {
          status: 'False',
          reason: 'FailedGetResourceMetric',
        }),
      'not ScalingActive: FailedGetResourceMetric',
    ],
    [
      'the autoscaler finds no target',
      ({ cluster }) =>
        Object.assign(cluster.horizontalpodautoscalers[0]!.status!.conditions![0]!, {
          status: 'False',
          reason: 'FailedGetScale',
        }),
      'not AbleToScale: FailedGetScale',
    ],
    [
      'somebody raised the range of the autoscaler',
      ({ cluster }) => (cluster.horizontalpodautoscalers[0]!.spec!.maxReplicas = 40),
      '2 to 40 replicas',
      { cause: 'somebody changed it by hand' },
    ],
    [
      'the autoscaler was deleted',
      ({ cluster }) => cluster.horizontalpodautoscalers.pop(),
      'no such HorizontalPodAutoscaler',
      { cause: 'somebody deleted it by hand' },
    ],
  ],
  budgets: [
    [
      'the budget allows no eviction',
      ({ cluster }) =>
        Object.assign(cluster.poddisruptionbudgets[0]!.status!, { disruptionsAllowed: 0, desiredHealthy: 2 }),
      'allows none: 2 healthy, 2 needed',
    ],
    [
      'a second budget selects the same pods',
      ({ cluster }) => {
        const copy = structuredClone(cluster.poddisruptionbudgets[0]!);
        cluster.poddisruptionbudgets.push({ ...copy, metadata: { ...copy.metadata, name: 'second' } });
      },
      'second selects them too',
      { cause: 'Kubernetes evicts no pod that two budgets select' },
    ],
    [
      'the budget was deleted',
      ({ cluster }) => cluster.poddisruptionbudgets.pop(),
      'no such PodDisruptionBudget',
      { cause: 'somebody deleted it by hand' },
    ],
  ],
  'external-secrets': [
    [
      'the role may not read the secret',
      ({ cluster }) =>
        Object.assign(cluster.externalsecrets[0]!.status!.conditions![0]!, {
          status: 'False',
          reason: 'SecretSyncedError',
          message: 'could not get secret data from provider',
        }),
      'not Ready: SecretSyncedError',
    ],
    [
      'nobody has looked at the ExternalSecret',
      ({ cluster }) => delete cluster.externalsecrets[0]!.status,
      'nothing said yet',
      { cause: 'the operator does not run' },
    ],
    [
      'the ExternalSecret was deleted',
      ({ cluster }) => cluster.externalsecrets.pop(),
      'no such ExternalSecret',
      { cause: 'somebody deleted it by hand' },
    ],
  ],
  'stack-status': [
    [
      'the last deploy was undone',
      ({ aws }) => (aws.stacks[0]!.StackStatus = 'UPDATE_ROLLBACK_COMPLETE'),
      'UPDATE_ROLLBACK_COMPLETE',
      { cause: 'the last deploy failed and was undone' },
    ],
    [
      'a deploy is under way',
      ({ aws }) => (aws.stacks[0]!.StackStatus = 'UPDATE_IN_PROGRESS'),
      'UPDATE_IN_PROGRESS',
      { cause: 'a deploy is under way' },
    ],
  ],
  cluster: [
    [
      'the cluster has another version',
      ({ aws }) => (aws.cluster!.version = '1.35'),
      'ACTIVE, Kubernetes 1.35',
    ],
  ],
  'vcpu-quota': [['the account may run less than is planned', ({ aws }) => (aws.quota = 2), '2']],
  'kubelet-version': [
    [
      'a pod is older than four upgrades',
      (state) => (node(state).status!.nodeInfo!.kubeletVersion = 'v1.32.9-eks-0'),
      'v1.32.9-eks-0',
    ],
  ],
  'left-behind': [
    [
      'a ServiceAccount left its chart',
      ({ cluster }) =>
        cluster.serviceaccounts.push({
          metadata: { namespace: 'shop', name: 'old', labels: { 'aws.cdk.eks/prune-shop': '' } },
        }),
      'ServiceAccount shop/old',
    ],
  ],
};

export const brokenStates: readonly BrokenState[] = Object.entries(rows).flatMap(([check, list]) =>
  list.map(([what, change, observed, more]) => ({
    check,
    what,
    break: change,
    observed: [observed].flat(),
    ...more,
  })),
);
