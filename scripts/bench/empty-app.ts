import { App, Stack } from 'aws-cdk-lib';

// What every CDK app pays before it does anything: the floor that the ratios of the benchmark stand on.
const app = new App();
new Stack(app, 'EmptyStack');
app.synth();
