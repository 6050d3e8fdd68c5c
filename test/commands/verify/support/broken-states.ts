import type { ObservedPod } from '../../../../lib/commands/verify/observed';
import {
  designedLogPermissions,
  designedTrust,
  event,
  logGroupArn,
  policy,
  sourceArn,
  type State,
  profileName,
} from './states';

/** One thing that can be wrong with a deployment of the variant `scaled`. */
export interface BrokenState {
  /** What happened, as a person would say it. */
  readonly what: string;
  readonly break: (state: State) => void;
  /** The one check that must break. */
  readonly check: string;
  /** What it must say was seen. */
  readonly observed: string;
  /** Checks that cannot be judged because of it. */
  readonly follows?: readonly string[];
}

const redisPod = 'checkout-redis-5d4b8c7f9-q9v6t';
const first = 'checkout-78fbb666b-fftl5';
const third = 'checkout-78fbb666b-p7m4d';
const afterPlacement = ['capacity', 'logging', 'one-pod-per-node'];

const podSecurity =
  'pods "checkout-78fbb666b-fftl5" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true';

const ownLogGroup = `${logGroupArn}:*`;
const otherLogGroup = {
  Effect: 'Allow',
  Action: 'logs:PutLogEvents',
  Resource: ownLogGroup.replace('CheckoutStack', 'Other'),
};
const denied = { Effect: 'Deny', Action: 'logs:*', Resource: '*' };
const conditional = {
  ...designedLogPermissions,
  Condition: { StringEquals: { 'aws:ResourceTag/team': 'checkout' } },
};
const deletion = { Effect: 'Allow', Action: 'logs:DeleteLogGroup', Resource: ownLogGroup };
const lacksEverything = 'lacks logs:CreateLogStream, logs:DescribeLogStreams, logs:PutLogEvents';

/** The inline policies are these instead. */
const writeLogsBy =
  (...statements: readonly object[]) =>
  (state: State) =>
    Object.assign(state.role, {
      inlinePolicies: statements.map((statement, index) => ({
        name: `Logs${index}`,
        document: policy(statement),
      })),
    });

/** The inline policy, for another resource. */
const writeLogsTo = (Resource: string) => writeLogsBy({ ...designedLogPermissions, Resource });

const everyLogAction = { Effect: 'Allow', Action: 'logs:*', Resource: ownLogGroup };

const mostActions = { Effect: 'Allow', NotAction: 'logs:DeleteLogGroup', Resource: ownLogGroup };
const mostResources = { Effect: 'Allow', Action: 'logs:PutLogEvents', NotResource: ownLogGroup };

/** At least one for every check. */
export const brokenStates: readonly BrokenState[] = [
  {
    what: 'the managed policy was detached',
    break: (state) => Object.assign(state.role, { attachedPolicies: [] }),
    check: 'role-managed-policy',
    observed: 'none',
  },
  {
    what: 'AdministratorAccess was attached besides',
    break: (state) =>
      Object.assign(state.role, {
        attachedPolicies: [...state.role.attachedPolicies, 'arn:aws:iam::aws:policy/AdministratorAccess'],
      }),
    check: 'role-managed-policy',
    observed: 'AdministratorAccess, AmazonEKSFargatePodExecutionRolePolicy',
  },
  {
    what: 'the inline policy is gone',
    break: (state) => Object.assign(state.role, { inlinePolicies: [] }),
    check: 'role-log-permissions',
    observed: 'lacks logs:CreateLogStream, logs:DescribeLogStreams, logs:PutLogEvents',
  },
  {
    what: 'the inline policy writes to every log group',
    break: (state) =>
      Object.assign(state.role, {
        inlinePolicies: [
          {
            name: 'PodLogs',
            document: policy({ Effect: 'Allow', Action: 'logs:PutLogEvents', Resource: '*' }),
          },
        ],
      }),
    check: 'role-log-permissions',
    observed: 'also {"Effect":"Allow","Action":"logs:PutLogEvents","Resource":"*"}',
  },
  {
    what: 'the inline policy allows all but one action',
    break: (state) =>
      Object.assign(state.role, {
        inlinePolicies: [
          ...state.role.inlinePolicies,
          { name: 'Most', document: policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }) },
        ],
      }),
    check: 'role-log-permissions',
    observed: 'also {"Effect":"Allow","NotAction":"iam:*","Resource":"*"}',
  },
  {
    what: 'the inline policy allows all but one action on its log group',
    break: (state) =>
      Object.assign(state.role, {
        inlinePolicies: [...state.role.inlinePolicies, { name: 'Most', document: policy(mostActions) }],
      }),
    check: 'role-log-permissions',
    observed: `also ${JSON.stringify(mostActions)}`,
  },
  {
    what: 'the inline policy writes to all log groups but one',
    break: (state) =>
      Object.assign(state.role, {
        inlinePolicies: [...state.role.inlinePolicies, { name: 'Most', document: policy(mostResources) }],
      }),
    check: 'role-log-permissions',
    observed: `also ${JSON.stringify(mostResources)}`,
  },
  {
    what: 'anyone may assume the role',
    break: (state) =>
      Object.assign(state.role, {
        trustPolicy: policy({ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }),
      }),
    check: 'role-trust',
    observed: '{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}',
  },
  {
    what: 'the trust policy has lost its condition',
    break: (state) =>
      Object.assign(state.role, {
        trustPolicy: policy({
          Effect: 'Allow',
          Principal: { Service: 'eks-fargate-pods.amazonaws.com' },
          Action: 'sts:AssumeRole',
        }),
      }),
    check: 'role-trust',
    observed:
      '{"Effect":"Allow","Principal":{"Service":"eks-fargate-pods.amazonaws.com"},"Action":"sts:AssumeRole"}',
  },
  {
    what: 'the trust policy lets the profiles of every cluster in',
    break: (state) =>
      Object.assign(state.role, {
        trustPolicy: policy({
          Effect: 'Allow',
          Principal: { Service: 'eks-fargate-pods.amazonaws.com' },
          Action: 'sts:AssumeRole',
          Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:eks:*:*:fargateprofile/*' } },
        }),
      }),
    check: 'role-trust',
    observed: 'eks-fargate-pods.amazonaws.com for arn:aws:eks:*:*:fargateprofile/*',
  },
  {
    what: 'the trust policy denies what it should allow',
    break: (state) =>
      Object.assign(state.role, { trustPolicy: policy({ ...designedTrust, Effect: 'Deny' }) }),
    check: 'role-trust',
    observed: JSON.stringify({ ...designedTrust, Effect: 'Deny' }),
  },
  {
    what: 'the trust policy allows more than to assume the role',
    break: (state) =>
      Object.assign(state.role, { trustPolicy: policy({ ...designedTrust, Action: 'sts:*' }) }),
    check: 'role-trust',
    observed: JSON.stringify({ ...designedTrust, Action: 'sts:*' }),
  },
  {
    what: 'the trust policy lets EC2 in besides',
    break: (state) =>
      Object.assign(state.role, {
        trustPolicy: policy({
          ...designedTrust,
          Principal: { Service: ['eks-fargate-pods.amazonaws.com', 'ec2.amazonaws.com'] },
        }),
      }),
    check: 'role-trust',
    observed: `ec2.amazonaws.com, eks-fargate-pods.amazonaws.com for ${sourceArn}`,
  },
  {
    what: 'the trust policy has a condition that never holds',
    break: (state) =>
      Object.assign(state.role, {
        trustPolicy: policy({
          ...designedTrust,
          Condition: { ...designedTrust.Condition, Bool: { x: 'true' } },
        }),
      }),
    check: 'role-trust',
    observed: JSON.stringify({
      ...designedTrust,
      Condition: { ...designedTrust.Condition, Bool: { x: 'true' } },
    }),
  },
  {
    what: 'the inline policy writes to the log group of another cluster besides',
    break: (state) =>
      Object.assign(state.role, {
        inlinePolicies: [...state.role.inlinePolicies, { name: 'Other', document: policy(otherLogGroup) }],
      }),
    check: 'role-log-permissions',
    observed: `also ${JSON.stringify(otherLogGroup)}`,
  },
  {
    what: 'the inline policy lets the pods delete their logs',
    break: (state) =>
      Object.assign(state.role, {
        inlinePolicies: [...state.role.inlinePolicies, { name: 'All', document: policy(everyLogAction) }],
      }),
    check: 'role-log-permissions',
    observed: `also ${JSON.stringify(everyLogAction)}`,
  },
  {
    what: 'a further inline policy denies to log',
    break: writeLogsBy(designedLogPermissions, denied),
    check: 'role-log-permissions',
    observed: `denies by ${JSON.stringify(denied)}`,
  },
  {
    what: 'the inline policy allows to log under a condition only',
    break: writeLogsBy(conditional),
    check: 'role-log-permissions',
    observed: `under a condition: ${JSON.stringify(conditional)}`,
  },
  {
    what: 'the inline policy lets the pods delete their log group, by the name of the action',
    break: writeLogsBy(designedLogPermissions, deletion),
    check: 'role-log-permissions',
    observed: `also ${JSON.stringify(deletion)}`,
  },
  ...['arn:aws-cn:logs:us-west-2:111122223333', 'arn:aws:logs:eu-west-1:111122223333'].map((place) => ({
    what: `the inline policy is for the log group of this name in ${place}`,
    break: writeLogsTo(ownLogGroup.replace('arn:aws:logs:us-west-2:111122223333', place)),
    check: 'role-log-permissions',
    observed: `also ${JSON.stringify({
      ...designedLogPermissions,
      Resource: ownLogGroup.replace('arn:aws:logs:us-west-2:111122223333', place),
    })}`,
  })),
  {
    what: 'the inline policy is for the log group of this name in another account',
    break: writeLogsTo(ownLogGroup.replace('111122223333', '444455556666')),
    check: 'role-log-permissions',
    observed: `also ${JSON.stringify({
      ...designedLogPermissions,
      Resource: ownLogGroup.replace('111122223333', '444455556666'),
    })}`,
  },
  {
    what: 'the inline policy names the log group without its streams',
    break: writeLogsTo(logGroupArn),
    check: 'role-log-permissions',
    observed: lacksEverything,
  },
  {
    what: 'the inline policy names one stream of the log group',
    break: writeLogsTo(`${logGroupArn}:log-stream:foo`),
    check: 'role-log-permissions',
    observed: lacksEverything,
  },
  {
    what: 'the profile is still being made',
    break: (state) => Object.assign(state.profile, { status: 'CREATING' }),
    check: 'profile-status',
    observed: 'CREATING',
  },
  {
    what: 'Amazon EKS says that an active profile is unhealthy',
    break: (state) =>
      Object.assign(state.profile, {
        healthIssues: ['AccessDenied: the role cannot be assumed', 'InternalFailure: try again'],
      }),
    check: 'profile-status',
    observed: 'ACTIVE with 2 health issues',
  },
  {
    what: 'the profile selects by another label',
    break: (state) =>
      Object.assign(state.profile, { selectors: [{ namespace: 'checkout', labels: { fargate: 'true' } }] }),
    check: 'profile-selectors',
    observed: 'namespace checkout with fargate=true',
  },
  {
    what: 'the profile has another role',
    break: (state) =>
      Object.assign(state.profile, { podExecutionRoleArn: 'arn:aws:iam::111122223333:role/SystemPods' }),
    check: 'profile-role',
    observed: 'arn:aws:iam::111122223333:role/SystemPods',
  },
  {
    what: 'the profile lacks a subnet',
    break: (state) => Object.assign(state.profile, { subnetIds: ['subnet-0a11', 'subnet-0b22'] }),
    check: 'profile-subnets',
    observed: 'subnet-0a11, subnet-0b22',
  },
  {
    what: 'a subnet is public',
    break: (state) =>
      Object.assign(state.subnets[1] ?? {}, {
        routes: [{ destination: '0.0.0.0/0', target: 'igw-0f00', isDead: false }],
      }),
    check: 'private-subnets',
    observed: 'a route to an internet gateway from subnet-0b22',
  },
  {
    what: 'a NAT gateway was deleted',
    break: (state) =>
      Object.assign(state.subnets[1] ?? {}, {
        routes: [{ destination: '0.0.0.0/0', target: 'nat-01', isDead: true }],
      }),
    check: 'private-subnets',
    observed: 'a dead default route from subnet-0b22',
  },
  {
    what: 'one NAT gateway was deleted, and another subnet is public',
    break: (state) => {
      Object.assign(state.subnets[0] ?? {}, {
        routes: [{ destination: '0.0.0.0/0', target: 'igw-0f00', isDead: false }],
      });
      Object.assign(state.subnets[1] ?? {}, {
        routes: [{ destination: '0.0.0.0/0', target: 'nat-01', isDead: true }],
      });
    },
    check: 'private-subnets',
    observed: 'a route to an internet gateway from subnet-0a11; a dead default route from subnet-0b22',
  },
  {
    what: 'a subnet was deleted',
    break: (state) => state.subnets.pop(),
    check: 'private-subnets',
    observed: 'no such subnet: subnet-0c33',
  },
  {
    what: 'Fargate cannot provision the third pod',
    break: (state) => {
      pend(state, third, 'fargate-scheduler');
      state.events.push(
        event(
          third,
          'Warning',
          'FailedScheduling',
          `Pod provisioning timed out (will retry) for pod: checkout/${third}`,
        ),
      );
    },
    check: 'rollout',
    observed: 'checkout 2 of 3 ready, 2 of 3 available; checkout-redis 1 of 1 ready',
    follows: ['on-fargate', 'replicas', 'one-pod-per-node', 'no-leftover-pods', 'capacity', 'logging'],
  },
  {
    what: 'Kubernetes has given up on the rollout',
    break: (state) => {
      Object.assign(podNamed(state, first), {
        conditions: [
          {
            type: 'Ready',
            status: 'False',
            reason: 'ContainersNotReady',
            message: 'containers with unready status: [checkout]',
          },
        ],
        troubledContainers: [
          'container checkout: CrashLoopBackOff, back-off 5m0s restarting failed container',
        ],
      });
      Object.assign(state.deployments[0] ?? {}, {
        readyReplicas: 2,
        availableReplicas: 2,
        conditions: [
          { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: '' },
        ],
      });
    },
    check: 'rollout',
    observed: 'checkout 2 of 3 ready, progress deadline exceeded; checkout-redis 1 of 1 ready',
    follows: ['replicas', 'no-leftover-pods'],
  },
  {
    what: 'the namespace refuses the pods',
    break: (state) => halt(state, 'ReplicaFailure', 'True', 'FailedCreate', podSecurity),
    check: 'rollout',
    observed: 'checkout 0 of 3 ready, 0 of 3 updated; checkout-redis 1 of 1 ready',
    follows: ['pod-labels', 'on-fargate', 'replicas', 'no-leftover-pods', ...afterPlacement],
  },
  {
    what: 'a quota refuses the pods',
    break: (state) =>
      halt(state, 'ReplicaFailure', 'True', 'FailedCreate', 'pods "x" is forbidden: exceeded quota: pods'),
    check: 'rollout',
    observed: 'checkout 0 of 3 ready, 0 of 3 updated; checkout-redis 1 of 1 ready',
    follows: ['pod-labels', 'on-fargate', 'replicas', 'no-leftover-pods', ...afterPlacement],
  },
  {
    what: 'the Deployment is paused',
    break: (state) => halt(state, 'Progressing', 'Unknown', 'DeploymentPaused', 'Deployment is paused'),
    check: 'rollout',
    observed: 'checkout 0 of 3 ready, 0 of 3 updated; checkout-redis 1 of 1 ready',
    follows: ['pod-labels', 'on-fargate', 'replicas', 'no-leftover-pods', ...afterPlacement],
  },
  {
    what: 'the ReplicaSet cannot be made',
    break: (state) => halt(state, 'Progressing', 'False', 'ReplicaSetCreateError', 'Failed to create it'),
    check: 'rollout',
    observed: 'checkout 0 of 3 ready, 0 of 3 updated; checkout-redis 1 of 1 ready',
    follows: ['pod-labels', 'on-fargate', 'replicas', 'no-leftover-pods', ...afterPlacement],
  },
  {
    what: 'the rollout made no progress in time',
    break: (state) => halt(state, 'Progressing', 'False', 'ProgressDeadlineExceeded', ''),
    check: 'rollout',
    observed: 'checkout 0 of 3 ready, progress deadline exceeded; checkout-redis 1 of 1 ready',
    follows: ['pod-labels', 'on-fargate', 'replicas', 'no-leftover-pods', ...afterPlacement],
  },
  {
    what: 'an init container crashes',
    break: (state) => {
      Object.assign(podNamed(state, first), {
        phase: 'Pending',
        conditions: [],
        troubledContainers: [
          'init container migrate: CrashLoopBackOff, back-off 5m0s restarting failed container',
          'container checkout: PodInitializing',
        ],
      });
      Object.assign(state.deployments[0] ?? {}, { readyReplicas: 2, availableReplicas: 2 });
    },
    check: 'rollout',
    observed: 'checkout 2 of 3 ready, 2 of 3 available; checkout-redis 1 of 1 ready',
    follows: ['replicas', 'no-leftover-pods'],
  },
  {
    what: 'the Deployment of redis was deleted',
    break: (state) => {
      state.deployments.pop();
      state.replicaSets.pop();
      state.pods.pop();
    },
    check: 'rollout',
    observed: 'checkout 3 of 3 ready; checkout-redis: no such Deployment',
    follows: ['pod-labels', 'on-fargate', 'replicas', 'no-leftover-pods', ...afterPlacement],
  },
  {
    what: 'redis has no label, and nothing else would run it',
    break: (state) => {
      pend(state, redisPod, 'default-scheduler');
      unlabel(podNamed(state, redisPod));
    },
    check: 'pod-labels',
    observed: `${redisPod} lacks fargate=yes`,
    follows: ['rollout', 'on-fargate', 'replicas', 'no-leftover-pods', ...afterPlacement],
  },
  {
    what: 'redis has no label and runs on an EC2 node',
    break: (state) => {
      moveToEc2(state, redisPod);
      unlabel(podNamed(state, redisPod));
    },
    check: 'pod-labels',
    observed: `${redisPod} lacks fargate=yes`,
    follows: ['on-fargate', 'capacity', 'logging'],
  },
  {
    what: 'a pod runs on an EC2 node',
    break: (state) => moveToEc2(state, first),
    check: 'on-fargate',
    observed: `${first}: scheduled by default-scheduler onto ip-10-0-1-2.us-west-2.compute.internal`,
    follows: ['capacity', 'logging'],
  },
  {
    what: 'a pod was made before the profile',
    break: (state) => pend(state, redisPod, 'default-scheduler'),
    check: 'on-fargate',
    observed: `${redisPod}: scheduled by default-scheduler onto no node`,
    follows: ['rollout', 'replicas', 'no-leftover-pods', ...afterPlacement],
  },
  {
    what: 'a pod landed on another profile',
    break: (state) =>
      Object.assign(podNamed(state, first).labels, { 'eks.amazonaws.com/fargate-profile': 'all-profile' }),
    check: 'on-fargate',
    observed: `${first}: on profile all-profile instead of ${profileName}`,
  },
  {
    what: 'a pod is on a node of another name',
    break: (state) => {
      Object.assign(podNamed(state, first), { nodeName: 'ip-10-0-130-96.us-west-2.compute.internal' });
      Object.assign(state.nodes[0] ?? {}, { name: 'ip-10-0-130-96.us-west-2.compute.internal' });
    },
    check: 'on-fargate',
    observed: `${first}: on ip-10-0-130-96.us-west-2.compute.internal`,
  },
  {
    what: 'the node of a pod is gone',
    break: (state) => state.nodes.shift(),
    check: 'on-fargate',
    observed: `${first}: its node fargate-ip-10-0-130-96.us-west-2.compute.internal is gone`,
  },
  {
    what: 'the label of a node says EC2',
    break: (state) =>
      Object.assign(state.nodes[0]?.labels ?? {}, { 'eks.amazonaws.com/compute-type': 'ec2' }),
    check: 'on-fargate',
    observed: `${first}: on fargate-ip-10-0-130-96.us-west-2.compute.internal, whose eks.amazonaws.com/compute-type is ec2`,
  },
  {
    what: 'a pod has the size of another variant',
    break: (state) => Object.assign(podNamed(state, first), { capacity: '0.25vCPU 1GB' }),
    check: 'capacity',
    observed: `${first} 0.25vCPU 1GB`,
  },
  {
    what: 'a pod says nothing of its size',
    break: (state) => Object.assign(podNamed(state, first), { capacity: null }),
    check: 'capacity',
    observed: `${first} has no annotation CapacityProvisioned`,
  },
  {
    what: 'a pod started before the logging ConfigMap was there',
    break: (state) =>
      Object.assign(podNamed(state, redisPod), { logging: 'LoggingDisabled: LOGGING_CONFIGMAP_NOT_FOUND' }),
    check: 'logging',
    observed: `${redisPod} LoggingDisabled: LOGGING_CONFIGMAP_NOT_FOUND`,
  },
  {
    what: 'someone scaled in by hand',
    break: (state) => {
      state.pods.splice(2, 1);
      Object.assign(state.deployments[0] ?? {}, {
        replicas: 2,
        currentReplicas: 2,
        updatedReplicas: 2,
        readyReplicas: 2,
        availableReplicas: 2,
      });
    },
    check: 'replicas',
    observed: 'checkout 2',
  },
  {
    what: 'two pods share a node',
    break: (state) => Object.assign(podNamed(state, third), { nodeName: podNamed(state, first).nodeName }),
    check: 'one-pod-per-node',
    observed: `${first} shares fargate-ip-10-0-130-96.us-west-2.compute.internal with ${third}; ${third} shares fargate-ip-10-0-130-96.us-west-2.compute.internal with ${first}`,
  },
  {
    what: 'a pod of the older ReplicaSet hangs in its deletion',
    break: (state) =>
      state.pods.push({
        ...podNamed(state, first),
        name: 'checkout-6c9f7d5b8-zz1zz',
        replicaSet: 'checkout-6c9f7d5b8',
        deletedAt: '2026-11-22T10:00:00.000Z',
      }),
    check: 'no-leftover-pods',
    observed: 'checkout-6c9f7d5b8-zz1zz',
  },
  {
    what: 'a pod that scaling in has ended hangs in its deletion, and its node is gone',
    break: (state) =>
      state.pods.push({
        ...podNamed(state, first),
        name: 'checkout-78fbb666b-zz1zz',
        nodeName: 'fargate-ip-10-0-190-96.us-west-2.compute.internal',
        deletedAt: '2026-11-22T10:00:00.000Z',
      }),
    check: 'no-leftover-pods',
    observed: 'checkout-78fbb666b-zz1zz',
  },
  {
    what: 'an evicted pod was left behind',
    break: (state) =>
      state.pods.push({ ...podNamed(state, first), name: 'checkout-78fbb666b-evict', phase: 'Failed' }),
    check: 'no-leftover-pods',
    observed: 'checkout-78fbb666b-evict',
  },
];

function podNamed(state: State, name: string): ObservedPod {
  const found = state.pods.find((pod) => pod.name === name);
  if (found === undefined) {
    throw new Error(`no pod ${name}: there are ${state.pods.map((pod) => pod.name).join(', ')}`);
  }
  return found;
}

/** No pod of checkout is made, for the reason in the condition. */
function halt(state: State, type: string, status: string, reason: string, message: string): void {
  state.pods.splice(0, 3);
  state.nodes.splice(0, 3);
  Object.assign(state.deployments[0] ?? {}, {
    currentReplicas: 0,
    updatedReplicas: 0,
    readyReplicas: 0,
    availableReplicas: 0,
    conditions: [{ type, status, reason, message }],
  });
}

function unlabel(pod: ObservedPod): void {
  Object.assign(pod, {
    labels: Object.fromEntries(Object.entries(pod.labels).filter(([key]) => !key.includes('fargate'))),
  });
}

/** Nobody gives the pod a node, so it has no annotations and its Deployment waits for it. */
function pend(state: State, name: string, schedulerName: string): void {
  Object.assign(podNamed(state, name), {
    schedulerName,
    nodeName: null,
    phase: 'Pending',
    capacity: null,
    logging: null,
    conditions: [],
  });
  const deployment = state.deployments.find((candidate) =>
    state.replicaSets.some(
      (set) => set.deployment === candidate.name && set.name === podNamed(state, name).replicaSet,
    ),
  );
  if (deployment !== undefined) {
    Object.assign(deployment, {
      readyReplicas: deployment.replicas - 1,
      availableReplicas: deployment.replicas - 1,
    });
  }
}

function moveToEc2(state: State, name: string): void {
  const ec2 = 'ip-10-0-1-2.us-west-2.compute.internal';
  Object.assign(podNamed(state, name), {
    schedulerName: 'default-scheduler',
    nodeName: ec2,
    capacity: null,
    logging: null,
  });
  state.nodes.push({
    name: ec2,
    labels: { 'node.kubernetes.io/instance-type': 'm5.large', 'topology.kubernetes.io/zone': 'us-west-2a' },
    osImage: 'Amazon Linux 2023',
    kubelet: 'v1.36.1-eks-0000000',
    containerRuntime: 'containerd://1.7.27',
  });
}
