/** The pages the rules go back to. */

const USER_GUIDE = 'https://docs.aws.amazon.com/eks/latest/userguide';
const KUBERNETES = 'https://kubernetes.io/docs';

export const FARGATE = `${USER_GUIDE}/fargate.html`;
export const SERVICE_QUOTAS = `${USER_GUIDE}/service-quotas.html`;
export const FARGATE_PROFILE = `${USER_GUIDE}/fargate-profile.html`;
export const POD_CONFIGURATION = `${USER_GUIDE}/fargate-pod-configuration.html`;
export const POD_PATCHING = `${USER_GUIDE}/fargate-pod-patching.html`;
export const LOGGING = `${USER_GUIDE}/fargate-logging.html`;
export const NETWORK_LOAD_BALANCING = `${USER_GUIDE}/network-load-balancing.html`;
export const ALB_INGRESS = `${USER_GUIDE}/alb-ingress.html`;
export const NETWORK_POLICY = `${USER_GUIDE}/cni-network-policy.html`;
export const POD_IDENTITY = `${USER_GUIDE}/pod-identities.html`;
export const METRICS_SERVER = `${USER_GUIDE}/metrics-server.html`;
export const POD_SECURITY = 'https://docs.aws.amazon.com/eks/latest/best-practices/pod-security.html';

/** A reader's report, for want of a page: `invalid SecurityContext fields: AllowPrivilegeEscalation`. */
export const PRIVILEGE_ESCALATION = 'https://gitlab.com/gitlab-org/gitlab/-/issues/208422';
/** `kubectl describe node` of a Fargate node, for want of a page that lists the labels. */
export const NODE_LABELS = 'https://github.com/aws/amazon-cloudwatch-agent/issues/580';
export const QUANTITY = `${KUBERNETES}/reference/kubernetes-api/common-definitions/quantity/`;
export const RESOURCES = `${KUBERNETES}/concepts/configuration/manage-resources-containers/`;
export const SIDECARS = `${KUBERNETES}/concepts/workloads/pods/sidecar-containers/`;
export const CUSTOM_RESOURCES = `${KUBERNETES}/concepts/extend-kubernetes/api-extension/custom-resources/`;
export const OBJECTS = `${KUBERNETES}/concepts/overview/working-with-objects/`;
/** `TotalAnnotationSizeLimitB`, for want of a page. */
export const ANNOTATION_LIMIT =
  'https://github.com/kubernetes/apimachinery/blob/master/pkg/api/validation/objectmeta.go';
export const API_REFERENCE = `${KUBERNETES}/reference/kubernetes-api/`;
export const DEPRECATION_GUIDE = `${KUBERNETES}/reference/using-api/deprecation-guide/`;
export const DISRUPTION_BUDGETS = `${KUBERNETES}/tasks/run-application/configure-pdb/`;
export const POD_SECURITY_STANDARDS = `${KUBERNETES}/concepts/security/pod-security-standards/#restricted`;
export const SECRETS = `${KUBERNETES}/concepts/configuration/secret/`;
