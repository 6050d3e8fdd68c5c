import type { Construct } from 'constructs';
import { FargateWorkload } from '../../lib/constructs/workload/fargate-workload';
import { ClusterStack, type ClusterStackProps } from '../../lib/stack/cluster-stack';
import { UiChart } from './ui-chart';

/** The EKS Workshop's web shop, with a cluster of its own. */
export class ShopStack extends ClusterStack {
  constructor(scope: Construct, id: string, props: ClusterStackProps) {
    super(scope, id, props);

    new FargateWorkload(this, 'Ui', {
      cluster: this.cluster,
      namespace: 'ui',
      profile: { name: 'ui-profile', selectors: [{ namespace: 'ui' }] },
      charts: [
        (app) =>
          new UiChart(app, 'Ui', {
            image: 'public.ecr.aws/aws-containers/retail-store-sample-ui:1.6.2',
            checkoutEndpoint: 'http://checkout.checkout.svc',
          }),
      ],
    });
  }
}
