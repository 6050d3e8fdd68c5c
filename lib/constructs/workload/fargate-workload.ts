import { RemovalPolicy } from 'aws-cdk-lib';
import * as cdk8s from 'cdk8s';
import { Construct } from 'constructs';
import { NamespaceChart } from '../../../charts/namespace-chart';
import { QuotaChart, type Quota } from '../../../charts/quota-chart';
import type { FargateProfile } from '../../fargate/sizing/profile';
import type { ContentNamedProfile } from '../cluster/content-named-profile';
import type { FargateOnlyCluster } from '../cluster/fargate-only-cluster';
import { CheckedManifest } from './checked-manifest';
import { GitManifest } from './git-manifest';
import { ServiceAccount, type Permissions } from './service-account';

/** Makes a chart in a cdk8s app of its own: rendering a chart validates all charts of its app. */
export type ChartFactory = (app: cdk8s.App) => cdk8s.Chart;

export interface FargateWorkloadProps {
  /** The cluster to run on. */
  readonly cluster: FargateOnlyCluster;
  /** Namespace to create for the workload. */
  readonly namespace: string;
  /**
   * Labels of the namespace, in addition to those of Pod Security.
   *
   * @default - none
   */
  readonly namespaceLabels?: Readonly<Record<string, string>>;
  /**
   * Fargate profile that selects the pods. Give several workloads the same object to have them share a profile: EKS
   * allows 10 in a cluster.
   */
  readonly profile: FargateProfile;
  /**
   * ARNs of the IAM roles and users that work in the namespace (docs/teams.md). One that is named by several workloads works
   * in the namespaces of all. Write them as text: that of a role of a stack is known too late.
   *
   * @default - nobody but the administrators of the cluster
   */
  readonly teamArns?: readonly string[];
  /**
   * The most that the pods of the namespace may be and request together. The team cannot change it.
   *
   * @default - no quota
   */
  readonly quota?: Quota;
  /**
   * Permissions in AWS, by the name of the ServiceAccount whose pods get them. The workload makes the ServiceAccounts, and
   * its charts name them: `serviceAccountName` (docs/iam-for-a-workload.md).
   *
   * @default - none
   */
  readonly permissions?: Readonly<Record<string, Permissions>>;
  /**
   * Charts to apply, each after the one before; by Argo CD where the cluster has `gitOps`, all else by the stack.
   *
   * The id of a chart is part of the logical ID. After a rename CloudFormation first applies the objects under the new
   * ID, and then deletes them by name under the old one. How to rename without losing them: docs/renaming-a-workload.md.
   */
  readonly charts: readonly ChartFactory[];
}

/** A service on Fargate in one statement: its profile, its namespace, its permissions, then its charts in order. */
export class FargateWorkload extends Construct {
  /** The profile that runs the pods. */
  readonly profile: ContentNamedProfile;
  /** Namespace of the workload. */
  readonly namespace: string;

  private readonly namespaceManifest: CheckedManifest;
  private readonly manifests: Construct[] = [];

  constructor(scope: Construct, id: string, props: FargateWorkloadProps) {
    super(scope, id);

    const { cluster } = props;
    this.namespace = props.namespace;
    this.profile = cluster.addProfile(`${id}Profile`, props.profile);
    // On its own, not pruned and retained: when a namespace goes, everything in it goes too.
    this.namespaceManifest = new CheckedManifest(this, 'Namespace', {
      cluster,
      chart: new NamespaceChart(new cdk8s.App(), 'namespace', {
        name: props.namespace,
        podSecurityVersion: cluster.plan.kubernetesVersion,
        labels: props.namespaceLabels,
      }),
      prune: false,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    cluster.access.admitTeam(props.namespace, props.teamArns ?? []);
    const quotas = props.quota ? [this.addQuota(cluster, props.quota)] : [];
    const accounts = Object.entries(props.permissions ?? {}).map(([name, permissions]) => {
      const account = new ServiceAccount(this, `ServiceAccount-${name}`, {
        cluster,
        namespace: props.namespace,
        name,
        permissions,
      });
      account.manifest.node.addDependency(this.namespaceManifest);
      return account;
    });
    let previous: Construct = this.namespaceManifest;
    for (const createChart of props.charts) {
      const chart = createChart(new cdk8s.App());
      const manifest = cluster.gitOps
        ? new GitManifest(this, chart.node.id, { cluster, chart })
        : new CheckedManifest(this, chart.node.id, { cluster, chart });
      manifest.node.addDependency(previous, ...quotas, ...accounts);
      cluster.podPrerequisites.precede(manifest);
      previous = manifest;
      this.manifests.push(manifest);
    }
  }

  /** As a manifest of its own: kubectl's pruning does not know the kind, and what leaves the stack is deleted. */
  private addQuota(cluster: FargateOnlyCluster, quota: Quota): CheckedManifest {
    const manifest = new CheckedManifest(this, 'Quota', {
      cluster,
      chart: new QuotaChart(new cdk8s.App(), 'quota', { namespace: this.namespace, ...quota }),
    });
    manifest.node.addDependency(this.namespaceManifest);
    return manifest;
  }

  /** Has something in the namespace applied before the charts, because pods read it when they start. */
  startAfter(manifest: CheckedManifest): void {
    manifest.node.addDependency(this.namespaceManifest);
    for (const chart of this.manifests) {
      chart.node.addDependency(manifest);
    }
  }
}
