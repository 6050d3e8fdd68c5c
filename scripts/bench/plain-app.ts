import { KubectlV36Layer } from '@aws-cdk/lambda-layer-kubectl-v36';
import { App, Stack } from 'aws-cdk-lib';
import { FargateCluster, KubernetesVersion } from 'aws-cdk-lib/aws-eks-v2';
import * as cdk8s from 'cdk8s';
import { serviceChart } from './service-chart';

// A Fargate cluster with one workload, as the CDK makes it by itself: no check, no prediction, nothing made secure.
const stack = new Stack(new App(), 'PlainStack');
const cluster = new FargateCluster(stack, 'Cluster', {
  version: KubernetesVersion.V1_36,
  kubectlProviderOptions: { kubectlLayer: new KubectlV36Layer(stack, 'Kubectl') },
});
cluster.addFargateProfile('Profile', { selectors: [{ namespace: 'service' }] });
cluster.addCdk8sChart('Service', serviceChart(new cdk8s.App(), 'service'));
(stack.node.root as App).synth();
