/**
 * From what a pod asks for to the size Fargate provisions.
 *
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-configuration.html
 */
import { nanoPerUnit, type Nano } from '../manifest/quantity';

/** A size that Fargate provisions, and bills. */
export interface PodSize {
  /** Thousandths of a vCPU. */
  readonly milliCpu: number;
  /** MiB; what AWS calls GB behaves as GiB. */
  readonly memoryMiB: number;
}

/** What a pod asks for, in billionths of a core and of a byte. */
export interface PodRequest {
  readonly cpu: Nano;
  readonly memory: Nano;
}

const mib = 1024n * 1024n;

/** Memory that Fargate adds to every pod for kubelet, kube-proxy and containerd. */
export const reservedMemoryMib = 256;

/** The table of the user guide: memory in GB from `from` to `to` in steps of `step`. */
const rows: readonly { readonly milliCpu: number; readonly memoryGb: readonly number[] }[] = [
  { milliCpu: 250, memoryGb: [0.5, 1, 2] },
  { milliCpu: 500, memoryGb: steps(1, 4, 1) },
  { milliCpu: 1000, memoryGb: steps(2, 8, 1) },
  { milliCpu: 2000, memoryGb: steps(4, 16, 1) },
  { milliCpu: 4000, memoryGb: steps(8, 30, 1) },
  { milliCpu: 8000, memoryGb: steps(16, 60, 4) },
  { milliCpu: 16000, memoryGb: steps(32, 120, 8) },
];

function steps(from: number, to: number, step: number): number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step);
}

/** Every size on offer, smallest first. */
export const podSizes: readonly PodSize[] = rows.flatMap(({ milliCpu, memoryGb }) =>
  memoryGb.map((gb) => ({ milliCpu, memoryMiB: gb * 1024 })),
);

/** The same sizes in the units of a request, once: a run asks for thousands of pods. */
const limits = podSizes.map((size) => ({
  size,
  cpu: (BigInt(size.milliCpu) * nanoPerUnit) / 1000n,
  memory: BigInt(size.memoryMiB - reservedMemoryMib) * mib * nanoPerUnit,
}));

/** The most a pod may ask for: the last size without the memory that Fargate keeps for itself. */
export const largestRequest = { milliCpu: 16000, memoryMiB: 120 * 1024 - reservedMemoryMib } as const;

/**
 * The size Fargate provisions: the smallest vCPU that can carry both requests, and there the smallest memory.
 *
 * @returns undefined when even the largest size is too small: such a pod stays Pending.
 */
export function podSize(request: PodRequest): PodSize | undefined {
  return limits.find(({ cpu, memory }) => request.cpu <= cpu && request.memory <= memory)?.size;
}

/** The size as Fargate writes it into the pod's annotation `CapacityProvisioned`: `0.25vCPU 0.5GB`. */
export function formatCapacity(size: PodSize): string {
  return `${size.milliCpu / 1000}vCPU ${size.memoryMiB / 1024}GB`;
}
