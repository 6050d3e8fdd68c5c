/** The report on an environment of this repository, which loads the CDK. */
import { runMain } from './support/run-main';

test('without a file: the three variants under each other, and what the stack costs besides', async () => {
  const { status, stdout, stderr } = await runMain([], '2027-08-02');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const lines = stdout
    .split('\n')
    .filter((line) =>
      /^(labelled|resized|scaled|costs)| checkout\/checkout | total|control plane|NAT/u.test(line),
    );
  expect(lines.map((line) => line.trim().replaceAll(/ {2,}/gu, ' | '))).toEqual([
    'labelled',
    '1 | Deployment checkout/checkout | checkout-profile | 0.25vCPU 1GB | 0.014565 | 10.63',
    '4 | total of the pods | 0.051592 | 37.66',
    'total, with the costs besides | 0.301592 | 220.16',
    'resized',
    '1 | Deployment checkout/checkout | checkout-profile | 1vCPU 3GB | 0.053815 | 39.28',
    '4 | total of the pods | 0.090842 | 66.32',
    'total, with the costs besides | 0.340842 | 248.82',
    'scaled',
    '3 | Deployment checkout/checkout | checkout-profile | 1vCPU 3GB | 0.161445 | 117.85',
    '6 | total of the pods | 0.198472 | 144.88',
    'total, with the costs besides | 0.448472 | 327.38',
    'costs besides, in each',
    'control plane (Kubernetes 1.36) | 0.100000 | 73.00',
    '3 NAT gateways and their addresses | 0.150000 | 109.50',
  ]);
  expect(stdout).toContain('\nWithout data transfer, logs, keys, and storage above 20 GiB a pod.\n');
  expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
});

test('no total is told where a part of it has no price', async () => {
  const { status, stdout } = await runMain(
    ['--region', 'mars-north-1', '--format', 'markdown'],
    '2027-08-02',
  );
  expect(status).toBe(0);
  const line = (source: string, item: string, prices: string) =>
    `\n| ${source} |  | ${item} |  |  | ${prices} |\n`;
  expect(stdout).toContain(
    line('costs besides, in each', 'control plane (Kubernetes 1.36)', '0.100000 | 73.00'),
  );
  expect(stdout).toContain(line('costs besides, in each', '3 NAT gateways and their addresses', '- | -'));
  expect(stdout).toContain(line('labelled', 'total, with the costs besides', '- | -'));
});

test('a Kubernetes version that left standard support is a warning, at the price of standard support', async () => {
  const { status, stdout } = await runMain([], '2027-08-03');
  expect(stdout).toContain(
    '\nwarning kubernetes-support: Kubernetes 1.36 left standard support on 2027-08-02, and under the upgrade policy STANDARD EKS upgrades such a cluster by itself: choose 1.37 (cdk deploy -c kubernetesVersion=1.37)\n',
  );
  expect(stdout).toMatch(/control plane \(Kubernetes 1\.36\) +0\.100000 +73\.00\n/u);
  expect(stdout).toMatch(/\n0 errors, 1 warning\n$/u);
  expect(status).toBe(0);
});
