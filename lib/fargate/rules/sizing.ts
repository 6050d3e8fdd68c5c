/** Requests and limits: what decides on the size, and what breaks on it. */
import { effectiveRequest, podRequest, type Amount } from '../sizing/pod-request';
import { formatCapacity, largestRequest, podSize, reservedMemoryMib } from '../sizing/pod-size';
import { toUnits } from '../manifest/quantity';
import { readable } from '../manifest/kube-object';
import { inContainer, type CheckedPod, type Problem, type Rule } from './rule';
import { fargatePage, podConfigurationPage, quantityPage, resourcesPage, sidecarsPage } from './sources';

const gib = 1024n ** 3n;
const mib = 1024n ** 2n;
const largestStorageGib = 175n;

/** The resources that size a pod, and by whose limits a container is held. */
const sizedResources = ['cpu', 'memory'] as const;
const knownResources = new Set(['cpu', 'memory', 'ephemeral-storage', 'storage']);

/** An amount in the unit people write it in. */
function show(resource: string, nano: bigint): string {
  return resource === 'cpu' ? `${toUnits(nano, 1000n)}m` : showMemory(toUnits(nano));
}

function showMemory(bytes: bigint): string {
  return bytes % mib === 0n ? `${bytes / mib}Mi` : String(bytes);
}

function limits(pod: CheckedPod, judge: (asked: { limit: Amount; request: Amount; sum: bigint }) => boolean) {
  return pod.ask.containers.flatMap(({ container, limits: upper, requests }) =>
    sizedResources.flatMap((resource) => {
      const limit = upper.get(resource);
      const request = requests.get(resource);
      if (limit === undefined || request === undefined) {
        return [];
      }
      const sum = effectiveRequest(pod.ask.containers, resource);
      return judge({ limit, request, sum }) ? [{ container, resource, limit, request, sum }] : [];
    }),
  );
}

export const sizingRules: readonly Rule[] = [
  {
    id: 'bad-quantity',
    severity: 'error',
    why: 'The API server refuses what is no quantity, and a pod whose requests cannot be read cannot be sized.',
    source: quantityPage,
    judges: 'pod',
    check: ({ ask }) =>
      ask.bad.map(({ container, field, received }) => ({
        container,
        text: `${inContainer(container, field)} is ${received}, not a quantity. Write a number of zero or more with a unit such as 250m, 0.5, 512Mi or 2.5G.`,
      })),
  },
  {
    id: 'unresolved-quantity',
    severity: 'warning',
    why: 'A request that only the deploy knows cannot be sized or priced.',
    source: podConfigurationPage,
    judges: 'pod',
    check: ({ ask }) =>
      ask.unresolved.length === 0
        ? []
        : [
            {
              text: `${ask.unresolved.map(({ path }) => path).join(', ')} is known at deploy time only, so its size cannot be checked. Write the amount itself.`,
            },
          ],
  },
  {
    id: 'too-large',
    severity: 'error',
    why: 'Fargate provisions 16 vCPU and 120 GB at the most, of which it keeps 256 MiB for itself. A pod that asks for more cannot be scheduled.',
    source: podConfigurationPage,
    judges: 'pod',
    check: ({ ask, size }) => {
      if (size !== undefined || ask.bad.length > 0 || ask.unresolved.length > 0) {
        return [];
      }
      const { cpu, memory } = podRequest(ask);
      return [
        {
          text: `requests cpu ${show('cpu', cpu)} and memory ${show('memory', memory)} together, more than the largest Fargate size can carry: cpu ${largestRequest.milliCpu}m and memory ${largestRequest.memoryMiB}Mi (120 GB less ${reservedMemoryMib}Mi for Kubernetes). Lower the requests, or split the pod.`,
        },
      ];
    },
  },
  {
    id: 'limit-above-request',
    severity: 'error',
    why: 'Fargate sizes a pod by its requests. A limit above their sum cannot be set on the container, whose start then fails with “cpu.cfs_quota_us: invalid argument”, or is never reached.',
    source: podConfigurationPage,
    judges: 'pod',
    check: (pod) =>
      limits(pod, ({ limit, sum }) => limit.nano > sum).map(({ container, resource, limit, sum }) => ({
        container,
        text: `${resource} limit ${limit.text} is above what the pod requests in all, ${show(resource, sum)}, and Fargate sizes the pod by its requests. Raise resources.requests.${resource} to the limit, or lower the limit.`,
      })),
  },
  {
    id: 'limit-differs',
    severity: 'warning',
    why: 'All Fargate pods run with guaranteed priority: the user guide wants requests equal to limits in all containers.',
    source: podConfigurationPage,
    judges: 'pod',
    check: (pod) =>
      limits(pod, ({ limit, request, sum }) => limit.nano > request.nano && limit.nano <= sum).map(
        ({ container, resource, limit, request }) => ({
          container,
          text: `${resource} limit ${limit.text} differs from the request ${request.text}, and Fargate wants them equal. Write the same amount in resources.requests.${resource} and resources.limits.${resource}.`,
        }),
      ),
  },
  {
    id: 'request-above-limit',
    severity: 'error',
    why: 'The API server refuses a request above its limit.',
    source: resourcesPage,
    judges: 'pod',
    check: (pod) =>
      limits(pod, ({ limit, request }) => limit.nano < request.nano).map(
        ({ container, resource, limit, request }) => ({
          container,
          text: `${resource} request ${request.text} is above the limit ${limit.text}, which Kubernetes refuses. Raise resources.limits.${resource} to the request.`,
        }),
      ),
  },
  {
    id: 'extended-resource',
    severity: 'error',
    why: 'Fargate nodes offer cpu, memory and ephemeral storage: no GPU, no Inferentia, no huge pages, no device of any plugin.',
    source: fargatePage,
    judges: 'pod',
    check: ({ ask }) =>
      ask.containers.flatMap(({ container, requests }) =>
        [...requests]
          .filter(([resource, { nano }]) => !knownResources.has(resource) && nano > 0n)
          .map(([resource, { text }]) => ({
            container,
            text: `resource ${readable(resource)} (${text}) does not exist on Fargate nodes, and the pod would stay Pending. Remove it from resources, or run the pod on EC2.`,
          })),
      ),
  },
  {
    id: 'ephemeral-storage',
    severity: 'error',
    why: 'A Fargate pod has 20 GiB of ephemeral storage, 175 GiB at the most when it asks for more.',
    source: podConfigurationPage,
    judges: 'pod',
    check: ({ ask }) => {
      const nano = effectiveRequest(ask.containers, 'ephemeral-storage');
      const bytes = toUnits(nano);
      return bytes <= largestStorageGib * gib
        ? []
        : [
            {
              text: `requests ${showMemory(bytes)} of ephemeral-storage together, and Fargate provisions ${largestStorageGib}Gi at the most. Lower resources.requests.ephemeral-storage, or mount an EFS volume.`,
            },
          ];
    },
  },
  {
    id: 'sidecar-size',
    severity: 'warning',
    why: 'AWS does not say whether Fargate counts restartable init containers with the long-running containers, as Kubernetes does, or with the init containers (unverified).',
    source: sidecarsPage,
    judges: 'pod',
    check: ({ ask, size }) => {
      const other = podSize(podRequest(ask, 'init'));
      return size === undefined || other === undefined || other === size
        ? []
        : [
            {
              text: `${formatCapacity(size)} counts its restartable init containers (sidecars) as Kubernetes does; should Fargate count them as init containers it provisions ${formatCapacity(other)} (unverified). Compare with the annotation CapacityProvisioned of a running pod, or make them ordinary containers.`,
            },
          ];
    },
  },
  {
    id: 'pod-level-resources',
    severity: 'warning',
    why: 'AWS documents sizing by the requests of containers only: what Fargate makes of requests of the whole pod is unverified.',
    source: podConfigurationPage,
    judges: 'pod',
    check: ({ spec }): readonly Problem[] =>
      spec.get('resources').entries().length === 0
        ? []
        : [
            {
              text: `${spec.get('resources').path} may not count on Fargate, which sizes a pod by the requests of its containers (unverified), and neither is it counted here. Write resources for each container.`,
            },
          ],
  },
];
