/** The pages the rules go back to. */

const userGuide = 'https://docs.aws.amazon.com/eks/latest/userguide';
const kubernetesDocs = 'https://kubernetes.io/docs';

export const fargatePage = `${userGuide}/fargate.html`;
export const serviceQuotasPage = `${userGuide}/service-quotas.html`;
export const fargateProfilePage = `${userGuide}/fargate-profile.html`;
export const podConfigurationPage = `${userGuide}/fargate-pod-configuration.html`;
export const podPatchingPage = `${userGuide}/fargate-pod-patching.html`;
export const loggingPage = `${userGuide}/fargate-logging.html`;
export const networkLoadBalancingPage = `${userGuide}/network-load-balancing.html`;
export const albIngressPage = `${userGuide}/alb-ingress.html`;
export const autoModeNetworkingPage = `${userGuide}/auto-networking.html`;
export const securityGroupsPage = `${userGuide}/security-groups-for-pods.html`;
export const securityGroupQuotaPage =
  'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups';
export const networkPolicyPage = `${userGuide}/cni-network-policy.html`;
export const privateClustersPage = `${userGuide}/private-clusters.html`;
export const podIdentityPage = `${userGuide}/pod-identities.html`;
export const metricsServerPage = `${userGuide}/metrics-server.html`;
export const podSecurityPage = 'https://docs.aws.amazon.com/eks/latest/best-practices/pod-security.html';

/** Pods whose CPU limit is above what Fargate provisions, since there is no page: `cpu.cfs_quota_us: invalid argument`. */
export const cpuLimitReport = 'https://github.com/aws/containers-roadmap/issues/1864';
/** A reader's report, since there is no page: `invalid SecurityContext fields: AllowPrivilegeEscalation`. */
export const privilegeEscalationPage = 'https://gitlab.com/gitlab-org/gitlab/-/issues/208422';
/** `kubectl describe node` of a Fargate node, since no page lists the labels. */
export const nodeLabelsPage = 'https://github.com/aws/amazon-cloudwatch-agent/issues/580';
export const leavingFargatePage = `${userGuide}/auto-migrate-fargate.html`;
/** Volume handles that Fargate rejects, since there is no page. */
export const efsHandleReport = 'https://github.com/aws/containers-roadmap/issues/2858';
/** An open request for unsafe sysctls on Fargate. */
export const sysctlReport = 'https://github.com/aws/containers-roadmap/issues/967';
/** What the webhook of Fargate writes into a pod, since there is no page. */
export const schedulerNameReport = 'https://github.com/aws/karpenter-provider-aws/issues/7455';
export const quantityPage = `${kubernetesDocs}/reference/kubernetes-api/common-definitions/quantity/`;
export const resourcesPage = `${kubernetesDocs}/concepts/configuration/manage-resources-containers/`;
export const deploymentsPage = `${kubernetesDocs}/concepts/workloads/controllers/deployment/#rolling-update-deployment`;
export const sidecarsPage = `${kubernetesDocs}/concepts/workloads/pods/sidecar-containers/`;
export const customResourcesPage = `${kubernetesDocs}/concepts/extend-kubernetes/api-extension/custom-resources/`;
export const objectsPage = `${kubernetesDocs}/concepts/overview/working-with-objects/`;
/** `TotalAnnotationSizeLimitB`, since there is no page. */
export const annotationLimitPage =
  'https://github.com/kubernetes/apimachinery/blob/master/pkg/api/validation/objectmeta.go';
export const apiReferencePage = `${kubernetesDocs}/reference/kubernetes-api/`;
export const deprecationGuidePage = `${kubernetesDocs}/reference/using-api/deprecation-guide/`;
export const autoscalingPage = `${kubernetesDocs}/tasks/run-application/horizontal-pod-autoscale/`;
export const resourceQuotasPage = `${kubernetesDocs}/concepts/policy/resource-quotas/`;
export const disruptionBudgetsPage = `${kubernetesDocs}/tasks/run-application/configure-pdb/`;
export const podSecurityStandardsPage = `${kubernetesDocs}/concepts/security/pod-security-standards/#restricted`;
export const tokensPage = 'https://docs.aws.amazon.com/cdk/v2/guide/tokens.html';
export const secretsPage = `${kubernetesDocs}/concepts/configuration/secret/`;
export const runtimeClassPage = `${kubernetesDocs}/concepts/containers/runtime-class/`;
export const seccompPage = `${kubernetesDocs}/tutorials/security/seccomp/`;
export const dynamicResourcesPage = `${kubernetesDocs}/concepts/scheduling-eviction/dynamic-resource-allocation/`;
