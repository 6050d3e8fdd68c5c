import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

export interface NamespaceChartProps {
  /** Name of the namespace. */
  readonly name: string;
  /** Kubernetes minor version whose rules Pod Security applies, for example `1.36`. */
  readonly podSecurityVersion: string;
  /**
   * Labels in addition to those of Pod Security.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * A namespace that admits only pods under the Pod Security Standard "restricted".
 *
 * The version is pinned so that an upgrade of the control plane does not tighten the rules by itself.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/enforce-standards-namespace-labels/
 */
export class NamespaceChart extends Chart {
  constructor(scope: Construct, id: string, props: NamespaceChartProps) {
    super(scope, id);

    const modes = ['enforce', 'audit', 'warn'].flatMap((mode): ReadonlyArray<readonly [string, string]> => [
      [`pod-security.kubernetes.io/${mode}`, 'restricted'],
      [`pod-security.kubernetes.io/${mode}-version`, `v${props.podSecurityVersion}`],
    ]);
    new k8s.KubeNamespace(this, 'Namespace', {
      metadata: { name: props.name, labels: { ...props.labels, ...Object.fromEntries(modes) } },
    });
  }
}
