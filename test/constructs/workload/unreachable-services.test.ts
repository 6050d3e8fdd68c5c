import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { FargateWorkload } from '../../../lib/constructs/workload/fargate-workload';
import { endpointOfPrefix } from '../../../lib/constructs/workload/unreachable-services';
import { ClusterStack } from '../../../lib/stack/cluster-stack';
import { registry } from '../../support/blocks';
import { environmentWith } from '../../support/environment-with';
import { testApp } from '../../support/test-stack';
import { lookupEnv, lookupVpcId, vpcLookup } from '../../support/vpc-lookup';
import { chartOf, clusterStack, deployment } from '../support/cluster-stack';

beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());

const [container] = deployment('shop', 'orders').spec.template.spec.containers;

/** A workload that may use one of each. */
function stackWithWorkload(settings: Readonly<Record<string, unknown>>) {
  const stack = clusterStack(settings);
  const queue = new sqs.Queue(stack, 'Queue', { encryption: sqs.QueueEncryption.KMS });
  const topic = new sns.Topic(stack, 'Topic');
  const bucket = new s3.Bucket(stack, 'Bucket');
  const table = new dynamodb.TableV2(stack, 'Table', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
  });
  const secret = new secrets.Secret(stack, 'Secret');
  new FargateWorkload(stack, 'Shop', {
    cluster: stack.cluster,
    namespace: 'shop',
    profile: { name: 'shop-profile', selectors: [{ namespace: 'shop' }] },
    permissions: {
      orders: (pods) => {
        queue.grantSendMessages(pods);
        topic.grantPublish(pods);
        bucket.grantReadWrite(pods);
        table.grantReadWriteData(pods);
        secret.grantRead(pods);
      },
    },
    charts: [
      chartOf(
        'Shop',
        deployment('shop', 'orders', {
          serviceAccountName: 'orders',
          containers: [{ ...container, image: `${registry}/orders:1` }],
        }),
      ),
    ],
  });
  return stack;
}

const warnings = (stack: ReturnType<typeof clusterStack>) =>
  Annotations.fromStack(stack)
    .findWarning('*', Match.stringLikeRegexp('has no way to it'))
    .map(({ entry }) => String(entry.data));

test('a service without an endpoint is a warning, with the line that adds it', () => {
  const stack = stackWithWorkload({ natGateways: 0 });
  new ec2.InterfaceVpcEndpoint(stack, 'sns', {
    vpc: stack.network.vpc,
    service: new ec2.InterfaceVpcEndpointAwsService('sns'),
  });
  expect(warnings(stack)).toEqual([
    "ServiceAccount shop/orders: has permissions for sqs, and the VPC has no way to it: calls would time out. Add to the stack: new ec2.InterfaceVpcEndpoint(this, 'sqs', { vpc: this.network.vpc, service: new ec2.InterfaceVpcEndpointAwsService('sqs') }). [ack: eks-fargate:no-endpoint-sqs]",
    "ServiceAccount shop/orders: has permissions for secretsmanager, and the VPC has no way to it: calls would time out. Add to the stack: new ec2.InterfaceVpcEndpoint(this, 'secretsmanager', { vpc: this.network.vpc, service: new ec2.InterfaceVpcEndpointAwsService('secretsmanager') }). [ack: eks-fargate:no-endpoint-secretsmanager]",
  ]);
});

test('an endpoint of another VPC is none', () => {
  const stack = stackWithWorkload({ natGateways: 0 });
  const other = new ec2.Vpc(stack, 'Other');
  other.addInterfaceEndpoint('Sqs', { service: ec2.InterfaceVpcEndpointAwsService.SQS });
  expect(warnings(stack).join()).toContain('has permissions for sqs');
});

test('with a way to the internet nothing is said', () => {
  expect(warnings(stackWithWorkload({}))).toEqual([]);
});

test('nor of what the blocks call: they bring their endpoints', () => {
  expect(warnings(clusterStack({ natGateways: 0, registry, ingress: 'internal' }))).toEqual([]);
});

test('nor of an existing VPC, whose endpoints are not known', () => {
  const stack = new ClusterStack(testApp(vpcLookup('a', 'b')), 'Existing', {
    environment: environmentWith({ vpcId: lookupVpcId, natGateways: 0, registry, ingress: 'internal' }),
    env: lookupEnv,
  });
  expect(warnings(stack)).toEqual([]);
});

test('every endpoint that is proposed is one that the CDK knows', () => {
  const known = Object.values(ec2.InterfaceVpcEndpointAwsService)
    .filter((value) => value instanceof ec2.InterfaceVpcEndpointAwsService)
    .map(({ shortName }) => shortName);
  expect(known).toEqual(expect.arrayContaining(Object.values(endpointOfPrefix)));
});
