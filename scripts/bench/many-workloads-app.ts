import { FargateOnlyCluster } from '../../lib/constructs/cluster/fargate-only-cluster';
import { FargateWorkload } from '../../lib/constructs/workload/fargate-workload';
import { createApp } from '../../lib/stack/create-app';
import { serviceChart } from './service-chart';

/**
 * The stack with any number of workloads, each a namespace and a service: `node bin/typescript.cjs scripts/bench/many-workloads-app.ts 200`
 */
const count = Number(process.argv[2] ?? 1);

const { app } = createApp();
const cluster = app.node.findAll().find((construct) => construct instanceof FargateOnlyCluster)!;
const profile = { name: 'many-profile', selectors: [{ namespace: 'service-*' }] };
// The checkout service is the first.
for (let number = 2; number <= count; number += 1) {
  const name = `service-${number}`;
  new FargateWorkload(cluster, `Service${number}`, {
    cluster,
    namespace: name,
    profile,
    charts: [(charts) => serviceChart(charts, name)],
  });
}
app.synth();
