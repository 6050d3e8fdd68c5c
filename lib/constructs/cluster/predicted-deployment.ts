import type { Manifest } from '../../fargate/manifest/manifest';

/** Requests that fill the smallest size of Fargate, with the 256 MiB that it adds. */
export const smallestSize = {
  requests: { cpu: '250m', memory: '256Mi' },
  limits: { memory: '256Mi' },
} as const;

/** A container, as far as it decides on where its pod runs, and on its size. */
export interface PredictedContainer {
  readonly name: string;
  readonly image?: string;
  readonly resources: object;
  /** Ports that it listens on. */
  readonly ports?: readonly number[];
}

export interface PredictedDeploymentProps {
  readonly name: string;
  readonly namespace: string;
  readonly replicas: number;
  /** Labels of the pods, by which the Deployment selects them. */
  readonly podLabels: Readonly<Record<string, string>>;
  /**
   * ServiceAccount of the pods.
   *
   * @default - that of the namespace
   */
  readonly serviceAccountName?: string;
  readonly container: PredictedContainer;
}

/** A Deployment that EKS or Helm applies, as far as it decides on what Fargate provisions. */
export function predictedDeployment(props: PredictedDeploymentProps): Manifest {
  const { name, namespace, replicas, podLabels, serviceAccountName } = props;
  const { ports, ...container } = props.container;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: {
      replicas,
      selector: { matchLabels: podLabels },
      template: {
        metadata: { labels: podLabels },
        spec: {
          ...(serviceAccountName && { serviceAccountName }),
          containers: [
            { ...container, ...(ports && { ports: ports.map((containerPort) => ({ containerPort })) }) },
          ],
        },
      },
    },
  };
}
