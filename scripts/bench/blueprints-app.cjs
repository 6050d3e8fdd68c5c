// The same on cdk-eks-blueprints, for `npm run bench -- --peers`. JavaScript, because the package is not installed here:
// npm install --no-save --legacy-peer-deps @aws-quickstart/eks-blueprints
const { App } = require('aws-cdk-lib');
const { KubernetesVersion } = require('aws-cdk-lib/aws-eks');
const blueprints = require('@aws-quickstart/eks-blueprints');

blueprints.HelmAddOn.validateHelmVersions = false;
const app = new App();
blueprints.EksBlueprint.builder()
  .clusterProvider(
    new blueprints.FargateClusterProvider({
      version: KubernetesVersion.V1_33,
      fargateProfiles: { service: { fargateProfileName: 'service', selectors: [{ namespace: 'service' }] } },
    }),
  )
  .build(app, 'BlueprintsStack');
app.synth();
