import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { CpuAutoscaler } from '../../charts/cpu-autoscaler';
import type { Environment } from '../../lib/config/environments';
import { copyOfImage } from '../../lib/config/registry';
import { FargateWorkload } from '../../lib/constructs/workload/fargate-workload';
import { CheckoutWorkload, closedRedis } from '../../lib/stack/checkout-workload';
import { ClusterStack, type ClusterStackProps } from '../../lib/stack/cluster-stack';
import { RetailServiceChart } from './retail-service-chart';

const published = 'public.ecr.aws/aws-containers/retail-store-sample';

/** One profile for both: EKS makes one profile at a time. */
const profile = { name: 'storefront-profile', selectors: [{ namespace: 'ui' }, { namespace: 'carts' }] };

export interface StorefrontStackProps extends ClusterStackProps {
  /** The settings of the environment. */
  readonly environment: Environment;
}

/** The retail store: ui behind a load balancer, carts with DynamoDB, checkout with redis. */
export class StorefrontStack extends ClusterStack {
  constructor(scope: Construct, id: string, props: StorefrontStackProps) {
    super(scope, id, props);

    const { cluster } = this;
    const images = copyOfImage(published, cluster.registry);
    // One team for all three namespaces, where the environment names one.
    const teamArns = props.environment.checkoutTeamArns;
    const redisSecret = 'redis';
    const checkout = new CheckoutWorkload(this, 'Checkout', {
      cluster,
      settings: props.environment,
      redisSecret,
    });
    const password = new Secret(this, 'RedisPassword', {
      // It is part of a URL.
      generateSecretString: {
        secretStringTemplate: '{}',
        generateStringKey: 'password',
        excludePunctuation: true,
      },
    });
    this.externalSecrets.provide('CheckoutSecrets', {
      workload: checkout,
      secrets: { [redisSecret]: password },
    });
    this.podSecurityGroups?.close('Redis', { workload: checkout, ...closedRedis });

    // Key and index are those that the carts service asks for.
    const table = new TableV2(this, 'CartsTable', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      globalSecondaryIndexes: [
        {
          indexName: 'idx_global_customerId',
          partitionKey: { name: 'customerId', type: AttributeType.STRING },
        },
      ],
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: props.environment.deletionProtection,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new FargateWorkload(this, 'Carts', {
      cluster,
      namespace: 'carts',
      profile,
      teamArns,
      quota: { pods: 4, cpu: '1', memory: '4Gi' },
      permissions: { carts: (pods) => table.grantReadWriteData(pods) },
      charts: [
        (app) =>
          new RetailServiceChart(app, 'Carts', {
            name: 'carts',
            image: `${images}-cart:1.6.2`,
            memory: '1Gi',
            serviceAccountName: 'carts',
            environment: {
              RETAIL_CART_PERSISTENCE_PROVIDER: 'dynamodb',
              RETAIL_CART_PERSISTENCE_DYNAMODB_TABLE_NAME: table.tableName,
            },
          }),
      ],
    });

    const ui = new FargateWorkload(this, 'Ui', {
      cluster,
      namespace: 'ui',
      profile,
      teamArns,
      quota: { pods: 8, cpu: '2', memory: '12Gi' },
      charts: [
        (app) => {
          const chart = new RetailServiceChart(app, 'Ui', {
            name: 'ui',
            image: `${images}-ui:1.6.2`,
            memory: '1.5Gi',
            // Without an endpoint for them, ui answers for catalog and orders itself.
            environment: {
              RETAIL_UI_ENDPOINTS_CARTS: 'http://carts.carts.svc',
              RETAIL_UI_ENDPOINTS_CHECKOUT: 'http://checkout.checkout.svc',
            },
          });
          new CpuAutoscaler(chart, 'Autoscaler', {
            deployment: 'ui',
            minReplicas: 2,
            maxReplicas: 6,
            targetCpuPercent: 60,
          });
          return chart;
        },
      ],
    });
    this.ingress?.expose('UiService', {
      workload: ui,
      service: 'ui',
      healthCheckPath: '/actuator/health/readiness',
      priority: 1,
    });
  }
}
