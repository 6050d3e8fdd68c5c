import type { Construct } from 'constructs';
import { CheckoutChart } from '../../charts/checkout/checkout-chart';
import {
  checkoutEnvironment,
  CheckoutDependenciesChart,
  redisPort,
} from '../../charts/checkout/dependencies-chart';
import { checkoutNamespace, createdBy, selectorLabels } from '../../charts/checkout/labels';
import { checkoutVariants } from '../../charts/checkout/variants';
import type { Quota } from '../../charts/quota-chart';
import type { CheckoutSettings } from '../config/checkout-settings';
import type { FargateOnlyCluster } from '../constructs/cluster/fargate-only-cluster';
import type { Closing } from '../constructs/pod-security-groups/closed-pods';
import { FargateWorkload } from '../constructs/workload/fargate-workload';

/** redis, closed to all but checkout: for `podSecurityGroups.close`. */
export const closedRedis: Omit<Closing, 'workload'> = {
  name: 'checkout-redis',
  pods: selectorLabels('redis'),
  port: redisPort,
  from: selectorLabels('service'),
};

/** Room for the last step of the lab, for an update of it, and for one pod more. */
const teamQuota: Quota = { pods: 6, cpu: '6', memory: '16Gi' };

export interface CheckoutWorkloadProps {
  /** The cluster to run on. */
  readonly cluster: FargateOnlyCluster;
  /** Step of the lab, images, and where orders go. */
  readonly settings: CheckoutSettings;
  /**
   * Name of the Kubernetes Secret whose key `password` is the password of redis.
   *
   * @default - redis has none
   */
  readonly redisSecret?: string;
}

/** The checkout service of the EKS Workshop, with its redis, at one step of the lab. */
export class CheckoutWorkload extends FargateWorkload {
  constructor(scope: Construct, id: string, { cluster, settings, redisSecret }: CheckoutWorkloadProps) {
    const variant = checkoutVariants[settings.variant];
    const environment = { ...checkoutEnvironment(settings.ordersEndpoint), ...cluster.proxy?.variables };
    const team = settings.checkoutTeamArns ?? [];
    const redisPassword = redisSecret === undefined ? undefined : { name: redisSecret, key: 'password' };
    super(scope, id, {
      cluster,
      namespace: checkoutNamespace,
      namespaceLabels: createdBy,
      profile: {
        name: 'checkout-profile',
        selectors: [{ namespace: checkoutNamespace, labels: { fargate: 'yes' } }],
      },
      teamArns: team,
      quota: team.length > 0 ? teamQuota : undefined,
      charts: [
        (app) =>
          new CheckoutDependenciesChart(app, 'Dependencies', {
            environment,
            redisImage: settings.redisImage,
            // redis runs on Fargate too: nothing else here could run it.
            redisPodLabels: variant.podLabels,
            redisPassword,
          }),
        (app) =>
          new CheckoutChart(app, 'Deployment', {
            variant,
            image: settings.checkoutImage,
            environment,
            redisPassword,
          }),
      ],
    });
  }
}
