/** Requests and limits: what decides on the size, and what breaks on it. */
import { readable } from '../manifest/kube-object';
import { formatBytes, formatCores, toUnits } from '../manifest/quantity';
import { effectiveRequest, podRequest, type Amount, type ContainerRequest } from '../sizing/pod-request';
import { formatCapacity, largestRequest, podSize, reservedMemoryMib } from '../sizing/pod-size';
import { itOrThem, shortList } from '../words';
import { inContainer, type CheckedPod, type Problem, type Rule } from './rule';
import {
  cpuLimitReport,
  fargatePage,
  podConfigurationPage,
  quantityPage,
  resourcesPage,
  sidecarsPage,
} from './sources';

const gib = 1024n ** 3n;
const largestStorageGib = 175n;
const nanoPerMilli = 1_000_000n;

/** The resources that size a pod, and by whose limits a container is held. */
const sizedResources = ['cpu', 'memory'] as const;
const knownResources = new Set(['cpu', 'memory', 'ephemeral-storage', 'storage']);

/** A limit of a container, and the request it stands beside. */
interface Limit {
  readonly resource: (typeof sizedResources)[number];
  readonly limit: Amount;
  readonly request: Amount;
}

function limitsOf({ limits, requests }: ContainerRequest): readonly Limit[] {
  return sizedResources.flatMap((resource) => {
    const limit = limits.get(resource);
    const request = requests.get(resource);
    return limit === undefined || request === undefined ? [] : [{ resource, limit, request }];
  });
}

/** Whether a limit is one that the vCPU of the pod's size cannot carry. */
function exceedsSize({ resource, limit }: Limit, { size }: CheckedPod): boolean {
  return resource === 'cpu' && size !== undefined && limit.nano > BigInt(size.milliCpu) * nanoPerMilli;
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
        text: `${inContainer(container, field)} is ${received}, not a quantity`,
        fix: 'Write a number of zero or more with a unit, such as 250m, 0.5, 512Mi or 2.5G.',
      })),
  },
  {
    id: 'unresolved-quantity',
    severity: 'warning',
    why: 'A request that only the deploy knows cannot be sized or priced.',
    source: podConfigurationPage,
    judges: 'pod',
    check: ({ ask }) =>
      ask.unresolved.map(({ container, field }) => ({
        container,
        text: `${inContainer(container, field)} is known at deploy time only, so the size is not`,
        fix: 'Write the amount itself.',
      })),
  },
  {
    id: 'too-large',
    severity: 'error',
    why: `The largest Fargate size is 16 vCPU and 120 GB, of which Fargate keeps ${reservedMemoryMib} MiB for Kubernetes. A pod that requests more stays Pending.`,
    source: podConfigurationPage,
    judges: 'pod',
    check: ({ ask, size }) => {
      if (size !== undefined || ask.bad.length > 0 || ask.unresolved.length > 0) {
        return [];
      }
      const { cpu, memory } = podRequest(ask);
      return [
        {
          text: `requests cpu ${formatCores(cpu)} and memory ${formatBytes(memory)}, and the largest Fargate size has cpu ${largestRequest.milliCpu}m and memory ${largestRequest.memoryMiB}Mi`,
          fix: 'Lower the requests, or split the pod.',
        },
      ];
    },
  },
  {
    id: 'cpu-limit-above-size',
    severity: 'error',
    why: 'A CPU quota above the vCPU of the pod’s Fargate size could not be written: the container failed to start with “cpu.cfs_quota_us: invalid argument”. The reports are of 2022 and cgroup v1; whether today’s nodes still refuse it is unverified. A limit within the provisioned vCPU runs.',
    source: cpuLimitReport,
    judges: 'pod',
    check: (pod) =>
      pod.ask.containers.flatMap((asked) =>
        limitsOf(asked)
          .filter((limit) => exceedsSize(limit, pod))
          .map(({ limit }) => ({
            container: asked.container,
            text: `cpu limit ${limit.text} is above the ${pod.size!.milliCpu / 1000} vCPU of the pod’s Fargate size, and kept containers from starting in 2022 (unverified today)`,
            fix: 'Leave the limit out, or raise the requests.',
          })),
      ),
  },
  {
    id: 'limit-differs',
    severity: 'warning',
    why: 'Fargate pods run with guaranteed priority, and the user guide asks for requests equal to limits in all containers. Pods with other limits run; a limit that is left out costs nothing, a request that is raised to it may cost a larger size.',
    source: podConfigurationPage,
    judges: 'pod',
    check: (pod) =>
      pod.ask.containers.flatMap((asked): readonly Problem[] => {
        const differing = limitsOf(asked).filter(
          (each) => each.limit.nano > each.request.nano && !exceedsSize(each, pod),
        );
        const show = (side: 'limit' | 'request') =>
          differing.map((each) => `${each.resource} ${each[side].text}`).join(', ');
        return differing.length === 0
          ? []
          : [
              {
                container: asked.container,
                text: `limits ${show('limit')} differ from requests ${show('request')}`,
                fix: 'Leave the limits out, or write the same amounts.',
              },
            ];
      }),
  },
  {
    id: 'request-above-limit',
    severity: 'error',
    why: 'The API server refuses a request above its limit.',
    source: resourcesPage,
    judges: 'pod',
    check: ({ ask }) =>
      ask.containers.flatMap((asked) =>
        limitsOf(asked)
          .filter(({ limit, request }) => limit.nano < request.nano)
          .map(({ resource, limit, request }) => ({
            container: asked.container,
            text: `${resource} request ${request.text} is above the limit ${limit.text}`,
            fix: `Raise resources.limits.${resource}, or leave it out.`,
          })),
      ),
  },
  {
    id: 'extended-resource',
    severity: 'error',
    why: 'Fargate nodes offer cpu, memory and ephemeral storage: no GPU, no Inferentia, no huge pages, no device of any plugin.',
    source: fargatePage,
    judges: 'pod',
    check: ({ ask }) =>
      ask.containers.flatMap(({ container, requests }) => {
        const missing = [...requests]
          .filter(([resource, { nano }]) => !knownResources.has(resource) && nano > 0n)
          .map(([resource, { text }]) => `${readable(resource)} (${text})`);
        return missing.length === 0
          ? []
          : [
              {
                container,
                text: `Fargate nodes have no ${shortList(missing)}, and the pod stays Pending`,
                fix: `Remove ${itOrThem(missing)} from resources, or run the pod on EC2.`,
              },
            ];
      }),
  },
  {
    id: 'ephemeral-storage',
    severity: 'error',
    why: 'A Fargate pod has 20 GiB of ephemeral storage, and at most 175 GiB when it requests more.',
    source: podConfigurationPage,
    judges: 'pod',
    check: ({ ask }) => {
      const nano = effectiveRequest(ask.containers, 'ephemeral-storage');
      const [only, ...others] = ask.containers.flatMap(
        ({ requests }) => requests.get('ephemeral-storage')?.text ?? [],
      );
      const shown = only === undefined || others.length > 0 ? formatBytes(nano) : only;
      return toUnits(nano) <= largestStorageGib * gib
        ? []
        : [
            {
              text: `requests ${shown} of ephemeral-storage, and Fargate provisions at most ${largestStorageGib}Gi`,
              fix: 'Lower resources.requests.ephemeral-storage, or mount an EFS volume.',
            },
          ];
    },
  },
  {
    id: 'sidecar-size',
    severity: 'warning',
    why: 'AWS does not say whether Fargate counts restartable init containers (sidecars) with the long-running containers, as Kubernetes does, or with the init containers (unverified). The annotation CapacityProvisioned of a running pod shows it.',
    source: sidecarsPage,
    judges: 'pod',
    check: ({ ask, size }) => {
      const other = podSize(podRequest(ask, 'init'));
      return size === undefined || other === undefined || other === size
        ? []
        : [
            {
              text: `Fargate provisions ${formatCapacity(size)}, or ${formatCapacity(other)} if it counts sidecars as init containers (unverified)`,
              fix: 'Compare with a running pod, or make the sidecars ordinary containers.',
            },
          ];
    },
  },
  {
    id: 'pod-level-resources',
    severity: 'warning',
    why: 'AWS documents sizing by the requests of containers only. What Fargate makes of requests of the whole pod is unverified, and they are not counted here.',
    source: podConfigurationPage,
    judges: 'pod',
    check: ({ spec }): readonly Problem[] =>
      spec.get('resources').entries().length === 0
        ? []
        : [
            {
              text: `Fargate may not count ${spec.get('resources').path} (unverified)`,
              fix: 'Write resources for each container.',
            },
          ],
  },
];
