import { UserError } from '../../../user-error';
import { quote } from '../../../wording';
import type { KubernetesApi } from '../../kubernetes/kubernetes-api';
import { playerLabel, playerName, policies } from '../fargate-player/admission-policy';
import type { Api, ListOf } from './api';
import type { Kubectl } from './kubectl';

/** Endpoints of Amazon EKS, IPv4 and dual-stack: https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html */
const eksEndpoint =
  /\.eks\.amazonaws\.com(\.cn)?$|\.eks-cluster\.[a-z0-9-]+\.api\.(aws|amazonwebservices\.com\.cn)$/u;

interface NodeSummary {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec?: { readonly providerID?: string };
}

/**
 * Refuses a context whose cluster looks like one that somebody needs.
 *
 * @param context its name in the kubeconfig.
 * @throws UserError
 */
export async function refuseRealCluster(
  kubectl: Pick<Kubectl, 'run'>,
  api: KubernetesApi,
  context: string,
): Promise<void> {
  const why = (await endpointProblem(kubectl)) ?? (await nodeProblem(api));
  if (why !== undefined) {
    throw new UserError([
      `context ${quote(context)} looks like a real cluster: ${why}. Rehearse on a throw-away cluster (kind create cluster), or say by name that this is one: --throw-away ${context}`,
    ]);
  }
}

async function endpointProblem(kubectl: Pick<Kubectl, 'run'>): Promise<string | undefined> {
  const { stdout } = await kubectl.run([
    'config',
    'view',
    '--minify',
    '--output=jsonpath={.clusters[0].cluster.server}',
  ]);
  return URL.canParse(stdout) && eksEndpoint.test(new URL(stdout).hostname)
    ? `its server ${stdout} is an endpoint of Amazon EKS`
    : undefined;
}

async function nodeProblem(api: KubernetesApi): Promise<string | undefined> {
  const { items } = await api.get<ListOf<NodeSummary>>('/api/v1/nodes');
  const unknown = items.find((node) => !isLocal(node));
  return unknown === undefined
    ? undefined
    : `its node ${unknown.metadata.name} is neither kind's nor minikube's`;
}

function isLocal({ metadata: { labels = {} }, spec: { providerID = '' } = {} }: NodeSummary): boolean {
  return providerID.startsWith('kind://') || 'minikube.k8s.io/name' in labels || playerLabel in labels;
}

/**
 * Refuses a cluster that cannot be rehearsed on.
 *
 * @throws UserError if it does not serve what admission is played with, or somebody plays on it.
 */
export async function refuseUnusableCluster(api: Api, context: string): Promise<void> {
  const { resources } = await api.get<{ readonly resources: readonly { readonly name: string }[] }>(
    '/apis/admissionregistration.k8s.io/v1',
  );
  if (!resources.some(({ name }) => name === 'mutatingadmissionpolicies')) {
    const { gitVersion } = await api.get<{ readonly gitVersion: string }>('/version');
    throw new UserError([
      `context ${quote(context)} runs Kubernetes ${gitVersion}, which has no MutatingAdmissionPolicy: rehearse on 1.36 or newer`,
    ]);
  }
  if ((await api.find(`${policies}/${playerName}`)) !== undefined) {
    throw new UserError([
      `context ${quote(context)} is being rehearsed on, or was when a rehearsal was killed: wait for it, or delete what was left: kubectl --context ${context} delete mutatingadmissionpolicies,mutatingadmissionpolicybindings,nodes --selector ${playerLabel}`,
    ]);
  }
}
