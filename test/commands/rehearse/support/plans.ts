import { App, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Manifest } from '../../../../lib/fargate/manifest/manifest';
import type { FargateProfile } from '../../../../lib/fargate/sizing/profile';
import { FargatePlan } from '../../../../lib/synthesis/fargate-plan';

/** Label of every object that the tests apply. */
export const ofTests = 'rehearsed-by=tests';

/**
 * A plan of the tests' own.
 *
 * @param charts by the id of their construct, in order.
 */
export function planWith(
  charts: Readonly<Record<string, readonly Manifest[]>>,
  profiles: readonly FargateProfile[],
): FargatePlan {
  const stack = new Stack(new App(), 'Shop');
  const podExecutionRole = new Role(stack, 'Role', {
    assumedBy: new ServicePrincipal('eks-fargate-pods.amazonaws.com'),
  });
  const plan = new FargatePlan('shop', '1.36');
  profiles.forEach((profile) => plan.addProfile(profile, { podExecutionRole, subnets: [] }));
  for (const [id, objects] of Object.entries(charts)) {
    const isNamespace = objects.some(({ kind }) => kind === 'Namespace');
    plan.addObjects(new Construct(stack, id), {
      objects: objects.map(ofTheTests),
      appliedBy: 'stack',
      retained: isNamespace,
      ...(!isNamespace && { pruneLabel: `aws.cdk.eks/prune-${id.toLowerCase()}` }),
    });
  }
  return plan;
}

function ofTheTests(object: Manifest): Manifest {
  const labels = { ...object.metadata?.labels, ...Object.fromEntries([ofTests.split('=')]) };
  return { ...object, metadata: { ...object.metadata, labels } };
}

/** A namespace under a level of Pod Security, as a version of Kubernetes has it. */
export function namespaceObject(name: string, version = 'v1.36', level = 'restricted'): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: {
        'pod-security.kubernetes.io/enforce': level,
        'pod-security.kubernetes.io/enforce-version': version,
      },
    },
  };
}

/** An object with a name, in a namespace. */
export function objectOf(
  apiVersion: string,
  kind: string,
  namespace: string,
  name: string,
  fields: object = {},
): Manifest {
  return { apiVersion, kind, metadata: { namespace, name }, ...fields };
}

/** A pod's spec that "restricted" admits. */
export function podSpec(fields: { readonly container?: object; readonly pod?: object } = {}) {
  return {
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'web',
        image: 'web:1',
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        ...fields.container,
      },
    ],
    ...fields.pod,
  };
}

/** A Deployment with one label. */
export function deploymentOf(
  namespace: string,
  name: string,
  { spec = podSpec(), replicas = 1, labels = {} }: { spec?: object; replicas?: number; labels?: object } = {},
): Manifest {
  return objectOf('apps/v1', 'Deployment', namespace, name, {
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name, ...labels } }, spec },
    },
  });
}
