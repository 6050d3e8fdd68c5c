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
  readonly observed: readonly string[];
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

const halted = {
  check: 'rollout',
  observed: ['0 of 2 ready, 0 of 2 updated'],
  follows: [...afterPods, ...afterRollout],
};
const pending = {
  check: 'rollout',
  observed: ['1 of 2 ready, 1 of 2 available'],
  follows: [...afterNode, ...afterRollout, 'budgets'],
};

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
const messages: readonly (readonly [string, (state: State) => unknown, string])[] = [
  [
    'the account is blocked',
    told('Your AWS account is currently blocked and thus cannot launch any Fargate pods'),
    'AWS does not let this account',
  ],
  [
    'the role is not to be used',
    told('Misconfigured Fargate Profile: fargate profile x blocked for new launches due to: y'),
    'the pod execution role is gone',
  ],
  [
    'the pod is not for Fargate',
    told('Pod not supported on Fargate: fields not supported: HostNetwork'),
    'the pod asks for something',
  ],
  [
    'the quota is used up',
    told('Your AWS account has reached the limit on the number of Fargate pods it can run concurrently'),
    'the account has used up',
  ],
  [
    'Fargate cannot provision',
    told('Pod provisioning timed out (will retry) for pod: shop/web'),
    'Fargate tries again for some time. If it keeps failing',
  ],
  [
    'the zone is full',
    told('Fargate capacity is unavailable at this time.'),
    'the zone has no Fargate capacity',
  ],
];

/** At least one for every check. */
export const brokenStates: readonly BrokenState[] = [
  {
    what: 'the role was deleted',
    break: ({ aws }) => delete aws.roles['Shop-shop-kq0Zb1'],
    check: 'role-managed-policy',
    observed: ['there is no role Shop-shop-kq0Zb1'],
    follows: ['role-inline-policies', 'role-trust'],
  },
  {
    what: 'the profile was deleted',
    break: ({ aws }) => delete aws.profiles['shop'],
    check: 'profile-status',
    observed: ['there is no profile shop'],
    follows: ['profile-selectors', 'profile-role', 'profile-subnets'],
  },
  {
    what: 'the managed policy was detached',
    break: (state) => (role(state).attached = []),
    check: 'role-managed-policy',
    observed: ['lacks AmazonEKSFargatePodExecutionRolePolicy'],
  },
  {
    what: 'AdministratorAccess was attached in addition, to the role of the other profile',
    break: ({ aws }) =>
      aws.roles['Shop-system-kq0Zb1']!.attached.push('arn:aws:iam::aws:policy/AdministratorAccess'),
    check: 'role-managed-policy',
    observed: ['also AdministratorAccess'],
  },
  ...inlinePolicies.map(([what, statements, observed]) => ({
    what: `the inline policy ${what}`,
    break: (state: State) => (role(state).inline = { PodLogs: policy(...statements) }),
    check: 'role-inline-policies',
    observed: [observed],
  })),
  ...trustPolicies.map(([what, statement, observed]) => ({
    what: `the trust policy ${what}`,
    break: (state: State) => (role(state).AssumeRolePolicyDocument = policy(statement)),
    check: 'role-trust',
    observed: [`lacks ${trustedText}; ${observed}`],
  })),
  ...accountTrusts.map(([what, text, other]) => ({
    what: `the trust policy of the ServiceAccount ${what}`,
    break: ({ aws }: State) => {
      const document = JSON.stringify(policy(reporterTrust)).replaceAll(text, other);
      aws.roles['shop-reporter']!.AssumeRolePolicyDocument = JSON.parse(document);
    },
    check: 'role-trust',
    observed: [`lacks ${reporterTrustText}; also ${reporterTrustText.replaceAll(text, other)}`],
  })),
  {
    what: 'the policy of the ServiceAccount was widened',
    break: ({ aws }) => {
      const { inline } = aws.roles['shop-reporter']!;
      inline['Policy0'] = JSON.parse(JSON.stringify(inline['Policy0']).replaceAll(/arn:[^"]+/gu, '*'));
    },
    check: 'role-inline-policies',
    observed: ['lacks Allow kms:Decrypt on …; also Allow kms:Decrypt on *'],
  },
  {
    what: 'the role of the ServiceAccount was deleted',
    break: ({ aws }) => delete aws.roles['shop-reporter'],
    check: 'role-managed-policy',
    observed: ['there is no role shop-reporter'],
    follows: ['role-inline-policies', 'role-trust', 'service-account-role'],
  },
  {
    what: 'the ServiceAccount names another role',
    break: (state) =>
      (reporter(state).annotations = { [roleAnnotation]: 'arn:aws:iam::111122223333:role/Other' }),
    check: 'service-account-role',
    observed: ['arn:aws:iam::111122223333:role/Other'],
  },
  {
    what: 'the ServiceAccount names no role any more',
    break: (state) => delete reporter(state).annotations,
    check: 'service-account-role',
    observed: [`no ${roleAnnotation}`],
  },
  {
    what: 'the ServiceAccount was deleted',
    break: ({ cluster }) => cluster.serviceaccounts.pop(),
    check: 'service-account-role',
    observed: ['no such ServiceAccount'],
    cause: 'somebody deleted it by hand',
  },
  {
    what: 'the profile is still being made',
    break: (state) => (profile(state).status = 'CREATING'),
    check: 'profile-status',
    observed: ['CREATING'],
  },
  {
    what: 'EKS says that an active profile is unhealthy',
    break: (state) => profile(state).health.issues.push({ code: 'AccessDenied', message: 'no' }),
    check: 'profile-status',
    observed: ['ACTIVE with 1 health issue'],
    cause: 'the health issues name it',
  },
  {
    what: 'the profile selects by another label',
    break: (state) => (profile(state).selectors = [{ namespace: 'shop', labels: { compute: 'ec2' } }]),
    check: 'profile-selectors',
    observed: ['namespace shop with compute=ec2'],
  },
  {
    what: 'the profile has another role',
    break: (state) => (profile(state).podExecutionRoleArn = 'arn:aws:iam::111122223333:role/Other'),
    check: 'profile-role',
    observed: ['arn:aws:iam::111122223333:role/Other'],
  },
  {
    what: 'the profile lacks a subnet',
    break: (state) => (profile(state).subnets = ['subnet-0a']),
    check: 'profile-subnets',
    observed: ['subnet-0a'],
  },
  {
    what: 'a subnet is public',
    break: ({ aws }) =>
      (aws.subnets[1]!.routes = [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-0f' }]),
    check: 'private-subnets',
    observed: ['us-west-2b, rtb-01: 0.0.0.0/0 -> igw-0f'],
  },
  {
    what: 'a NAT gateway was deleted',
    break: ({ aws }) => Object.assign(aws.subnets[0]!.routes[1]!, { State: 'blackhole' }),
    check: 'private-subnets',
    observed: ['us-west-2a, rtb-00: 0.0.0.0/0 -> nat-00 (blackhole)'],
    cause: 'somebody deleted the target of the route',
  },
  {
    what: 'a subnet was deleted',
    break: ({ aws }) => aws.subnets.shift(),
    check: 'private-subnets',
    observed: ['no such subnet'],
    cause: 'somebody deleted it by hand',
  },
  ...messages.map(([what, breakState, cause]) => ({ what, break: breakState, cause, ...pending })),
  {
    what: 'a container crashes',
    break: troubled('main', 'CrashLoopBackOff', false),
    cause: 'the container starts and ends again',
    ...pending,
    follows: [...afterRollout, 'budgets'],
  },
  {
    what: 'an init container finds no image',
    break: troubled('prepare', 'ImagePullBackOff', true),
    cause: 'the image does not exist',
    ...pending,
    follows: [...afterRollout, 'budgets'],
  },
  {
    what: 'Kubernetes has given up on the rollout',
    break: (state) => {
      pend(state);
      deployment(state).status!.conditions = [
        { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' },
      ];
    },
    ...pending,
    observed: ['1 of 2 ready, progress deadline exceeded'],
    cause: 'no further pod became ready',
  },
  {
    what: 'the namespace refuses the pods',
    break: (state) =>
      halt(state, 'ReplicaFailure', 'True', 'FailedCreate', 'pods "x" is forbidden: violates PodSecurity'),
    cause: 'the namespace enforces a Pod Security level',
    ...halted,
  },
  {
    what: 'a quota refuses the pods',
    break: (state) =>
      halt(state, 'ReplicaFailure', 'True', 'FailedCreate', 'pods "x" is forbidden: exceeded quota: pods'),
    cause: 'a ResourceQuota of the namespace is used up',
    ...halted,
  },
  {
    what: 'a webhook refuses the pods',
    break: (state) =>
      halt(state, 'ReplicaFailure', 'True', 'FailedCreate', 'admission webhook "a.b" denied the request: no'),
    cause: 'an admission webhook refuses the pods',
    ...halted,
  },
  {
    what: 'something else refuses the pods',
    break: (state) => halt(state, 'ReplicaFailure', 'True', 'FailedCreate', 'serviceaccount "x" not found'),
    cause: 'Kubernetes refuses to make the pods',
    ...halted,
  },
  {
    what: 'the Deployment is paused',
    break: (state) => halt(state, 'Progressing', 'Unknown', 'DeploymentPaused', 'Deployment is paused'),
    cause: 'somebody paused the Deployment',
    ...halted,
  },
  {
    what: 'the ReplicaSet cannot be made',
    break: (state) => halt(state, 'Progressing', 'False', 'ReplicaSetCreateError'),
    cause: 'Kubernetes cannot make the ReplicaSet',
    ...halted,
  },
  {
    what: 'the control plane has not seen the change',
    break: (state) => Object.assign(deployment(state).metadata!, { generation: 2 }),
    check: 'rollout',
    observed: ['2 of 2 ready, change not yet picked up'],
    cause: 'the control plane has not seen the change',
    follows: afterRollout,
  },
  {
    what: 'the Deployment was deleted',
    break: ({ cluster }) => {
      cluster.deployments = cluster.deployments.filter(({ metadata }) => metadata?.name !== 'web');
      cluster.pods = cluster.pods.filter(({ metadata }) => !metadata?.name?.startsWith('web'));
    },
    ...halted,
    observed: ['no such Deployment'],
    cause: 'somebody deleted it by hand',
  },
  {
    what: 'the pods of the StatefulSet are refused',
    break: ({ cluster }) => {
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
    ...halted,
    observed: ['0 of 1 ready, 1 to start'],
    cause: 'the namespace enforces a Pod Security level',
  },
  {
    what: 'the StatefulSet is being updated',
    break: (state) => {
      Object.assign(state.cluster.statefulsets[0]!.status!, { updateRevision: 'db-2', updatedReplicas: 0 });
      // Not what is planned now, and no failure of its own.
      pod(state, 'db').metadata!.annotations!['CapacityProvisioned'] = '1vCPU 2GB';
    },
    check: 'rollout',
    observed: ['1 of 1 ready, 0 of 1 updated'],
    follows: [...afterPods, ...afterRollout],
  },
  {
    what: 'the Job failed',
    break: ({ cluster }) => {
      const job = cluster.jobs.find(({ metadata }) => metadata?.name === 'migrate')!;
      job.status = { conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' }] };
    },
    check: 'rollout',
    observed: ['0 of 1 completed, failed: BackoffLimitExceeded'],
    cause: 'the pods of the run failed',
    follows: ['no-leftover-pods'],
  },
  {
    what: 'the last run of the CronJob failed',
    break: ({ cluster }) => {
      const job = cluster.jobs.find(({ metadata }) => metadata?.name === 'report-29401')!;
      job.status = { conditions: [{ type: 'Failed', status: 'True', reason: 'DeadlineExceeded' }] };
    },
    check: 'rollout',
    observed: ['schedule "0 3 * * *", last run report-29401: 0 of 1 completed, failed: DeadlineExceeded'],
    cause: 'the pods of the run failed',
    follows: ['no-leftover-pods'],
  },
  {
    what: 'somebody suspended the CronJob',
    break: ({ cluster }) => Object.assign(cluster.cronjobs[0]!.spec!, { suspend: true }),
    check: 'rollout',
    observed: ['suspended'],
    cause: 'somebody suspended it: `kubectl patch cronjob report -n shop',
    follows: ['no-leftover-pods'],
  },
  {
    what: 'a pod has no label, and nothing else would run it',
    break: (state) => {
      pend(state, 'default-scheduler');
      delete pod(state).metadata!.labels!['compute'];
    },
    check: 'pod-labels',
    observed: ['lacks compute=fargate'],
    follows: ['rollout', ...afterNode, ...afterRollout, 'budgets'],
  },
  {
    what: 'a pod of a run landed on an EC2 node',
    break: (state) =>
      Object.assign(pod(state, 'report').spec!, { schedulerName: 'default-scheduler', nodeName: 'ip-1' }),
    check: 'on-fargate',
    observed: ['scheduled by default-scheduler onto ip-1'],
    follows: ['capacity', 'logging', 'kubelet-version'],
  },
  {
    what: 'a pod was made before the profile',
    break: (state) => pend(state, 'default-scheduler', 'coredns'),
    check: 'on-fargate',
    observed: ['scheduled by default-scheduler onto no node'],
    follows: ['rollout', ...afterNode.slice(1), ...afterRollout],
  },
  {
    what: 'a pod landed on another profile',
    break: (state) => (pod(state).metadata!.labels!['eks.amazonaws.com/fargate-profile'] = 'all'),
    check: 'on-fargate',
    observed: ['on profile all instead of shop'],
    follows: ['capacity', 'logging'],
  },
  {
    what: 'a pod is on a node of another name',
    break: (state) => {
      node(state).metadata!.name = 'ip-2';
      pod(state).spec!.nodeName = 'ip-2';
    },
    check: 'on-fargate',
    observed: ['on ip-2'],
    follows: ['capacity', 'logging'],
  },
  {
    what: 'the node of a pod is gone',
    break: (state) => (state.cluster.nodes = state.cluster.nodes.filter((one) => one !== node(state))),
    check: 'on-fargate',
    observed: [expect.stringMatching(/^its node fargate-ip-\S+ is gone$/)],
    follows: ['capacity', 'logging', 'kubelet-version'],
  },
  {
    what: 'the label of a node says EC2',
    break: (state) => (node(state).metadata!.labels!['eks.amazonaws.com/compute-type'] = 'ec2'),
    check: 'on-fargate',
    observed: [expect.stringMatching(/^on fargate-ip-\S+, whose eks.amazonaws.com\/compute-type is ec2$/)],
    follows: ['capacity', 'logging'],
  },
  {
    what: 'a pod has the size of another variant',
    break: (state) => (pod(state).metadata!.annotations!['CapacityProvisioned'] = '1vCPU 3GB'),
    check: 'capacity',
    observed: ['1vCPU 3GB'],
  },
  {
    what: 'a pod says nothing of its size',
    break: (state) => delete pod(state).metadata!.annotations!['CapacityProvisioned'],
    check: 'capacity',
    observed: ['no such annotation'],
  },
  {
    what: 'a pod of CoreDNS started before the logging ConfigMap was there',
    break: (state) => (pod(state, 'coredns').metadata!.annotations!['Logging'] = 'LoggingDisabled: X'),
    check: 'logging',
    observed: ['LoggingDisabled: X'],
  },
  {
    what: 'somebody scaled in by hand',
    break: (state) => {
      const { spec, status } = deployment(state);
      const one = { replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1 };
      Object.assign(spec!, { replicas: 1 });
      Object.assign(status!, one);
      state.cluster.pods = state.cluster.pods.filter((other) => other !== pod(state));
    },
    check: 'replicas',
    observed: ['1'],
  },
  {
    what: 'two pods share a node',
    break: (state) => (pod(state, 'db').spec!.nodeName = pod(state).spec!.nodeName),
    check: 'one-pod-per-node',
    observed: [
      expect.stringMatching(/^shares \S+ with Pod shop\/db-0$/),
      expect.stringMatching(/with Pod shop\/web-/),
    ],
  },
  {
    what: 'a pod hangs in its deletion',
    break: (state) => {
      const copy = structuredClone(pod(state));
      Object.assign(copy.metadata!, { name: 'web-old', deletionTimestamp: '2026-11-22T10:00:00Z' });
      state.cluster.pods.push(copy);
    },
    check: 'no-leftover-pods',
    observed: ['web-old'],
    cause: 'the pod is still ending',
  },
  {
    what: 'a pod of the older ReplicaSet hangs in its deletion, and an evicted one was left behind',
    break: (state) => {
      const [old, evicted] = [structuredClone(pod(state)), structuredClone(pod(state))];
      const set = structuredClone(
        state.cluster.replicasets.find(({ metadata }) => metadata?.name?.startsWith('web'))!,
      );
      Object.assign(set.metadata!, {
        uid: 'older',
        annotations: { 'deployment.kubernetes.io/revision': '1' },
      });
      state.cluster.replicasets.push(set);
      Object.assign(old.metadata!.ownerReferences![0]!, { uid: 'older' });
      Object.assign(old.metadata!, { name: 'web-old', deletionTimestamp: '2026-11-22T10:00:00Z' });
      Object.assign(evicted.metadata!, { name: 'web-evicted' });
      Object.assign(evicted.status!, { phase: 'Failed' });
      state.cluster.pods.push(old, evicted);
    },
    check: 'no-leftover-pods',
    observed: ['web-evicted, web-old'],
    cause: 'the pod was evicted and stays as Failed',
  },
  {
    what: 'the owner of a pod is gone',
    break: (state) => {
      const copy = structuredClone(pod(state));
      Object.assign(copy.metadata!, { name: 'web-old' });
      Object.assign(copy.metadata!.ownerReferences![0]!, { uid: 'gone' });
      state.cluster.pods.push(copy);
    },
    check: 'no-leftover-pods',
    observed: ['web-old'],
  },
  {
    what: 'an evicted pod was left behind',
    break: (state) => {
      const copy = structuredClone(pod(state));
      Object.assign(copy.metadata!, { name: 'web-old' });
      Object.assign(copy.status!, { phase: 'Failed' });
      state.cluster.pods.push(copy);
    },
    check: 'no-leftover-pods',
    observed: ['web-old'],
  },
  {
    what: 'a pod has lost its owner',
    break: (state) => {
      const copy = structuredClone(pod(state));
      Object.assign(copy.metadata!, { name: 'web-old', ownerReferences: undefined });
      state.cluster.pods.push(copy);
    },
    check: 'no-leftover-pods',
    observed: ['web-old'],
  },
  {
    what: 'the autoscaler has no metrics',
    break: ({ cluster }) =>
      Object.assign(cluster.horizontalpodautoscalers[0]!.status!.conditions![1]!, {
        status: 'False',
        reason: 'FailedGetResourceMetric',
      }),
    check: 'autoscalers',
    observed: ['not ScalingActive: FailedGetResourceMetric'],
  },
  {
    what: 'the autoscaler finds no target',
    break: ({ cluster }) =>
      Object.assign(cluster.horizontalpodautoscalers[0]!.status!.conditions![0]!, {
        status: 'False',
        reason: 'FailedGetScale',
      }),
    check: 'autoscalers',
    observed: ['not AbleToScale: FailedGetScale'],
  },
  {
    what: 'somebody raised the range of the autoscaler',
    break: ({ cluster }) => (cluster.horizontalpodautoscalers[0]!.spec!.maxReplicas = 40),
    check: 'autoscalers',
    observed: ['2 to 40 replicas'],
    cause: 'somebody changed it by hand',
  },
  {
    what: 'the autoscaler was deleted',
    break: ({ cluster }) => cluster.horizontalpodautoscalers.pop(),
    check: 'autoscalers',
    observed: ['no such HorizontalPodAutoscaler'],
    cause: 'somebody deleted it by hand',
  },
  {
    what: 'the budget allows no eviction',
    break: ({ cluster }) =>
      Object.assign(cluster.poddisruptionbudgets[0]!.status!, { disruptionsAllowed: 0, desiredHealthy: 2 }),
    check: 'budgets',
    observed: ['allows none: 2 healthy, 2 needed'],
  },
  {
    what: 'a second budget selects the same pods',
    break: ({ cluster }) => {
      const copy = structuredClone(cluster.poddisruptionbudgets[0]!);
      cluster.poddisruptionbudgets.push({ ...copy, metadata: { ...copy.metadata, name: 'second' } });
    },
    check: 'budgets',
    observed: ['second selects them too'],
    cause: 'Kubernetes evicts no pod that two budgets select',
  },
  {
    what: 'the budget was deleted',
    break: ({ cluster }) => cluster.poddisruptionbudgets.pop(),
    check: 'budgets',
    observed: ['no such PodDisruptionBudget'],
    cause: 'somebody deleted it by hand',
  },
  {
    what: 'the last deploy was undone',
    break: ({ aws }) => (aws.stacks[0]!.StackStatus = 'UPDATE_ROLLBACK_COMPLETE'),
    check: 'stack-status',
    observed: ['UPDATE_ROLLBACK_COMPLETE'],
    cause: 'the last deploy failed and was undone',
  },
  {
    what: 'a deploy is under way',
    break: ({ aws }) => (aws.stacks[0]!.StackStatus = 'UPDATE_IN_PROGRESS'),
    check: 'stack-status',
    observed: ['UPDATE_IN_PROGRESS'],
    cause: 'a deploy is under way',
  },
  {
    what: 'the cluster has another version',
    break: ({ aws }) => (aws.cluster!.version = '1.35'),
    check: 'cluster',
    observed: ['ACTIVE, Kubernetes 1.35'],
  },
  {
    what: 'the account may run less than is planned',
    break: ({ aws }) => (aws.quota = 2),
    check: 'vcpu-quota',
    observed: ['2'],
  },
  {
    what: 'a pod is older than four upgrades',
    break: (state) => (node(state).status!.nodeInfo!.kubeletVersion = 'v1.32.9-eks-0'),
    check: 'kubelet-version',
    observed: ['v1.32.9-eks-0'],
  },
  {
    what: 'a ServiceAccount left its chart',
    break: ({ cluster }) =>
      cluster.serviceaccounts.push({
        metadata: { namespace: 'shop', name: 'old', labels: { 'aws.cdk.eks/prune-shop': '' } },
      }),
    check: 'left-behind',
    observed: ['ServiceAccount shop/old'],
  },
];
