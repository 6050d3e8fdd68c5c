import * as fc from 'fast-check';
import { Deployment } from '../../../lib/commands/rehearse/deployment';
import type { FargatePlayer } from '../../../lib/commands/rehearse/fargate-player/fargate-player';
import type { LivePod } from '../../../lib/commands/rehearse/fargate-player/live-pod';
import { Rehearsal, type Patience } from '../../../lib/commands/rehearse/rehearsal';
import type { Manifest } from '../../../lib/fargate/manifest/manifest';
import { findProfile, profileLabel } from '../../../lib/fargate/sizing/profile';
import { deploymentOf, namespaceObject, objectOf, ofTests, planWith, podSpec } from './support/plans';
import { trickyNamespaces, trickyPods, trickyProfiles } from './support/tricky-profiles';
import { describeWithPrograms, generousMs, playFargate, RealCluster } from './support/real-cluster';

const profiles = [
  { name: 'web', selectors: [{ namespace: 'shop-*', labels: { fargate: 'yes' } }] },
  { name: 'jobs', selectors: [{ namespace: 'shop-jobs' }] },
  ...trickyProfiles,
];
const fargate = { fargate: 'yes' };
/** Kinds of the objects that the tests apply. */
const testedKinds = 'deployments,jobs,configmaps,serviceaccounts';
/** A step that fails is given up soon. One that holds waits for nothing. */
const patience: Patience = { stillMs: 4_000, mostMs: generousMs };

describeWithPrograms('a rehearsal against a real API server', () => {
  let cluster: RealCluster;
  let player: FargatePlayer;

  beforeAll(async () => {
    cluster = await RealCluster.start();
    player = await playFargate(cluster.api, profiles);
    // As the logs of pods are set up before any pod starts.
    await cluster.kubectl('create namespace aws-observability');
    await cluster.kubectl('create configmap aws-logging --namespace=aws-observability');
  }, generousMs);

  afterAll(async () => {
    await player.stop();
    await cluster.stop();
  }, generousMs);

  // What is left would count as left behind in the next test. A namespace that is empty goes by itself, in some seconds.
  afterEach(async () => {
    await cluster.kubectl(
      `delete ${testedKinds} --all-namespaces --selector=${ofTests} --cascade=foreground`,
    );
    await cluster.kubectl(`delete namespaces --selector=${ofTests} --wait=false`);
  });

  const rehearsal = () => {
    const deployment = new Deployment({ kubectl: cluster.controlPlane.kubectl, region: 'eu-west-1' });
    const rehearsed = new Rehearsal({ api: cluster.api, deployment, player, patience });
    return {
      /** Rehearses one step, and the lines of its failure where it does not hold. */
      step: async (charts: Readonly<Record<string, readonly Manifest[]>>) => {
        try {
          return await rehearsed.run({ name: 'step', plan: planWith(charts, profiles) });
        } catch (error) {
          return (error as { readonly lines?: readonly string[] }).lines ?? Promise.reject(error);
        }
      },
      delete: () => rehearsed.delete(),
    };
  };
  const names = async (kinds: string, namespace: string): Promise<readonly string[]> =>
    (await cluster.kubectl(`get ${kinds} --namespace=${namespace} --output=name`))
      .split('\n')
      .filter(Boolean);

  test(
    'the API server admits each pod to the profile that is predicted',
    async () => {
      for (const name of trickyNamespaces) {
        await cluster.kubectl(`create namespace ${name}`);
        await cluster.kubectl(`wait --for=create --timeout=60s --namespace=${name} serviceaccount/default`);
      }
      await fc.assert(
        fc.asyncProperty(trickyPods, async ({ namespace, labels, annotations }) => {
          const { metadata, spec } = await cluster.api.create<LivePod>(
            `/api/v1/namespaces/${namespace}/pods?dryRun=All`,
            { metadata: { name: 'web', labels, annotations }, spec: podSpec() },
          );
          const admitted =
            spec.schedulerName === 'fargate-scheduler' ? metadata.labels?.[profileLabel] : undefined;
          const predicted =
            annotations['eks.amazonaws.com/compute-type'] === 'ec2'
              ? undefined
              : findProfile(profiles, { namespace, labels })?.name;
          expect(admitted).toBe(predicted);
        }),
        { numRuns: 300 },
      );
    },
    generousMs,
  );

  test(
    'pods are placed, sized and ready, and end with their nodes when they are scaled in',
    async () => {
      const at = (replicas: number, cpu: string) => ({
        Namespace: [namespaceObject('shop-walk')],
        Web: [
          deploymentOf('shop-walk', 'web', {
            replicas,
            labels: fargate,
            spec: podSpec({ container: { resources: { requests: { cpu, memory: '1Gi' } } } }),
          }),
        ],
      });
      const { step, delete: deleteAll } = rehearsal();
      expect(await step(at(1, '250m'))).toMatchObject({ counts: new Map([['created', 2]]), warnings: [] });
      expect(await step(at(3, '1'))).toMatchObject({ counts: new Map([['configured', 1]]) });

      const pods = JSON.parse(await cluster.kubectl('get pods --namespace=shop-walk --output=json'));
      expect(pods.items).toHaveLength(3);
      for (const { metadata, spec, status } of pods.items) {
        expect(metadata.annotations).toMatchObject({
          CapacityProvisioned: '1vCPU 2GB',
          Logging: 'LoggingEnabled',
        });
        expect(metadata.labels['eks.amazonaws.com/fargate-profile']).toBe('web');
        expect(spec).toMatchObject({
          schedulerName: 'fargate-scheduler',
          priorityClassName: 'system-node-critical',
        });
        const node = JSON.parse(await cluster.kubectl(`get node ${spec.nodeName} --output=json`));
        expect(spec.nodeName).toMatch(/^fargate-ip-[\d-]+\.eu-west-1\.compute\.internal$/);
        expect(node.metadata.labels).toMatchObject({
          'eks.amazonaws.com/compute-type': 'fargate',
          'topology.kubernetes.io/zone': expect.stringMatching(/^eu-west-1[abc]$/),
        });
        expect(status).toMatchObject({ phase: 'Running', podIP: node.status.addresses[0].address });
      }
      expect(new Set(pods.items.map(({ spec }: { spec: { nodeName: string } }) => spec.nodeName)).size).toBe(
        3,
      );

      await step(at(1, '1'));
      expect(await names('pods', 'shop-walk')).toHaveLength(1);
      expect(await player.nodes.list()).toHaveLength(1);
      expect(await deleteAll()).toMatchObject({ counts: new Map([['deleted', 1]]) });
      expect(await player.nodes.list()).toEqual([]);
      // The namespace goes with the cluster only.
      expect(await names('namespaces', 'shop-walk')).toContain('namespace/shop-walk');
    },
    generousMs,
  );

  test(
    'each run of a Job ends',
    async () => {
      const { step } = rehearsal();
      const job = objectOf('batch/v1', 'Job', 'shop-jobs', 'migrate', {
        spec: { template: { spec: { ...podSpec(), restartPolicy: 'Never' } } },
      });
      await step({ Namespace: [namespaceObject('shop-jobs')], Job: [job] });
      expect(
        await cluster.kubectl(
          'wait --for=condition=complete --timeout=60s --namespace=shop-jobs job/migrate',
        ),
      ).toBe('job.batch/migrate condition met\n');
    },
    generousMs,
  );

  test(
    'a create that fails heals on the next deploy',
    async () => {
      const { step } = rehearsal();
      const namespace = { Namespace: [namespaceObject('shop-heal')] };
      const web = deploymentOf('shop-heal', 'web', { labels: fargate });
      const settings = objectOf('v1', 'ConfigMap', 'shop-heal', 'settings', { data: { a: 'b' } });
      expect(await step({ ...namespace, Web: [settings, { ...web, spec: { replicas: 1 } }] })).toEqual([
        expect.stringMatching(/^Shop\/Web: .*spec.selector: Required value/s),
      ]);
      // What kubectl came to before it failed stays.
      expect(await names('configmaps', 'shop-heal')).toContain('configmap/settings');
      expect(await step({ ...namespace, Web: [settings, web] })).toMatchObject({
        counts: new Map([
          ['unchanged', 1],
          ['created', 1],
        ]),
      });
    },
    generousMs,
  );

  test(
    'prune deletes what left a chart, but for the kinds that it does not know, which the step fails for',
    async () => {
      const { step } = rehearsal();
      const objects = [
        objectOf('v1', 'ConfigMap', 'shop-prune', 'old'),
        objectOf('v1', 'ServiceAccount', 'shop-prune', 'old'),
        objectOf('v1', 'ConfigMap', 'shop-prune', 'new'),
      ];
      const namespace = { Namespace: [namespaceObject('shop-prune')] };
      await step({ ...namespace, Settings: objects });
      expect(await step({ ...namespace, Settings: objects.slice(2) })).toEqual([
        'shop: left behind: expected nothing, observed ServiceAccount shop-prune/old',
        expect.stringContaining('`kubectl apply --prune` deletes no object of these kinds'),
      ]);
      expect(await names('configmaps,serviceaccounts', 'shop-prune')).toEqual([
        'configmap/kube-root-ca.crt',
        'configmap/new',
        'serviceaccount/default',
        'serviceaccount/old',
      ]);
    },
    generousMs,
  );

  test(
    'a construct that leaves takes its objects with it, and a namespace stays with what others put into it',
    async () => {
      const { step } = rehearsal();
      const web = deploymentOf('shop-leave', 'web', { labels: fargate });
      await step({ Namespace: [namespaceObject('shop-leave')], Web: [web] });
      await cluster.kubectl('create configmap of-others --namespace=shop-leave');
      expect(await step({})).toMatchObject({ counts: new Map([['deleted', 1]]) });
      expect(await names('deployments,configmaps', 'shop-leave')).toEqual([
        'configmap/kube-root-ca.crt',
        'configmap/of-others',
      ]);
    },
    generousMs,
  );

  test(
    'objects of one Kubernetes version become those of the next',
    async () => {
      const { step } = rehearsal();
      const at = (version: string) => ({
        Namespace: [namespaceObject('shop-upgrade', version)],
        Web: [deploymentOf('shop-upgrade', 'web', { labels: fargate })],
      });
      await step(at('v1.35'));
      expect(await step(at('v1.36'))).toMatchObject({ counts: new Map([['configured', 1]]) });
      expect(await cluster.kubectl('get namespace shop-upgrade --output=yaml')).toContain(
        'enforce-version: v1.36',
      );
    },
    generousMs,
  );

  describe('a step fails, with the words of who refuses and what to do', () => {
    const advice = (words: string) => expect.stringContaining(`What to do: ${words}`);

    test(
      'an object that a policy denies',
      async () => {
        const { step } = rehearsal();
        const policy = { apiVersion: 'admissionregistration.k8s.io/v1', metadata: { name: 'no-latest' } };
        await cluster.kubectl('create -f -', {
          ...policy,
          kind: 'ValidatingAdmissionPolicy',
          spec: {
            matchConstraints: {
              resourceRules: [
                {
                  apiGroups: ['apps'],
                  apiVersions: ['v1'],
                  operations: ['CREATE', 'UPDATE'],
                  resources: ['deployments'],
                },
              ],
            },
            validations: [
              {
                expression: 'object.spec.template.spec.containers.all(c, !c.image.endsWith(":latest"))',
                message: 'name a version of the image',
              },
            ],
          },
        });
        await cluster.kubectl('create -f -', {
          ...policy,
          kind: 'ValidatingAdmissionPolicyBinding',
          spec: { policyName: 'no-latest', validationActions: ['Deny'] },
        });
        const latest = deploymentOf('shop-denied', 'web', {
          labels: fargate,
          spec: podSpec({ container: { image: 'web:latest' } }),
        });
        await step({ Namespace: [namespaceObject('shop-denied')] });
        // The API server learns of the policy a moment after it was made.
        while (
          await cluster.kubectl('create --dry-run=server -f -', latest).then(
            () => true,
            () => false,
          )
        ) {
          await cluster.kubectl('get --raw=/readyz');
        }
        expect(await step({ Web: [latest] })).toEqual([
          expect.stringMatching(
            /^Shop\/Web: .*deployments "web" is invalid: .*denied request: name a version of the image/s,
          ),
          advice('Change the object to what the policy allows'),
        ]);
      },
      generousMs,
    );

    test(
      'an immutable field',
      async () => {
        const { step } = rehearsal();
        const namespace = { Namespace: [namespaceObject('shop-fixed')] };
        const web = deploymentOf('shop-fixed', 'web', { labels: fargate });
        const other = deploymentOf('shop-fixed', 'other', { labels: fargate });
        await step({ ...namespace, Web: [web] });
        expect(await step({ ...namespace, Web: [{ ...other, metadata: web.metadata }] })).toEqual([
          expect.stringMatching(/^Shop\/Web: The Deployment "web" is invalid: .*field is immutable/s),
          advice('A deploy fails here too'),
        ]);
      },
      generousMs,
    );

    test(
      'a field that does not exist',
      async () => {
        const { step } = rehearsal();
        const web = deploymentOf('shop-field', 'web', {
          labels: fargate,
          spec: podSpec({ pod: { imaginary: true } }),
        });
        expect(await step({ Namespace: [namespaceObject('shop-field')], Web: [web] })).toEqual([
          expect.stringContaining('unknown field "spec.template.spec.imaginary"'),
          advice('Correct the name of the field'),
        ]);
      },
      generousMs,
    );

    test(
      'a namespace that is not there',
      async () => {
        const { step } = rehearsal();
        expect(await step({ Web: [deploymentOf('shop-nowhere', 'web', { labels: fargate })] })).toEqual([
          expect.stringContaining('namespaces "shop-nowhere" not found'),
          advice('Apply the namespace before'),
        ]);
      },
      generousMs,
    );

    test(
      'a pod that matches no profile, and stays Pending',
      async () => {
        const { step } = rehearsal();
        const web = deploymentOf('shop-unplaced', 'web', { labels: { fargate: 'no' } });
        expect(await step({ Namespace: [namespaceObject('shop-unplaced')], Web: [web] })).toEqual([
          expect.stringMatching(/^Deployment shop-unplaced\/web: matches no Fargate profile/),
        ]);
        const pods = await cluster.kubectl('get pods --namespace=shop-unplaced --no-headers');
        expect(pods).toMatch(/^web-\S+ +0\/1 +SchedulingGated /);
        const [, name] = /^(\S+)/.exec(pods)!;
        expect(
          await cluster.kubectl(
            `get events --namespace=shop-unplaced --field-selector=involvedObject.name=${name}`,
          ),
        ).toMatch(/Warning +FailedScheduling .* matches no Fargate profile/);
      },
      generousMs,
    );

    test.each<readonly [what: string, namespace: string, Parameters<typeof deploymentOf>[2], words: RegExp]>([
      [
        'a pod that Pod Security refuses',
        'shop-insecure',
        { labels: fargate, spec: podSpec({ pod: { securityContext: {} } }) },
        /violates PodSecurity "restricted:v1.36"/,
      ],
      [
        'a pod that Fargate refuses',
        'shop-refused',
        { labels: fargate, spec: podSpec({ container: { securityContext: { privileged: true } } }) },
        /Pod not supported on Fargate: invalid SecurityContext fields: Privileged/,
      ],
      [
        'a pod that never gets ready',
        'shop-unready',
        {
          labels: fargate,
          spec: podSpec({ container: { envFrom: [{ configMapRef: { name: 'gone' } }] } }),
        },
        /configmap "gone" not found/,
      ],
    ])(
      '%s',
      async (_what, namespace, deployment, words) => {
        const { step } = rehearsal();
        const charts = {
          Namespace: [
            namespaceObject(namespace, 'v1.36', namespace === 'shop-refused' ? 'privileged' : 'restricted'),
          ],
          Web: [deploymentOf(namespace, 'web', deployment)],
        };
        const lines = await step(charts);
        expect(lines).toEqual(expect.arrayContaining([expect.stringMatching(words)]));
        expect(lines).toEqual(expect.arrayContaining([expect.stringContaining(`${namespace}/web`)]));
      },
      generousMs,
    );
  });
});
