import { dataFlowDiagram } from '../../../scripts/accept/data-flow';

test('the picture shows the flow that the linter holds', () => {
  const arrows = dataFlowDiagram()
    .split('\n')
    .filter((line) => line.includes('-->'));
  expect(new Set(arrows)).toEqual(
    new Set([
      'charts --> config',
      'config --> constructs',
      'fargate --> synthesis',
      'synthesis --> constructs',
      'constructs --> stack',
      'stack --> commands',
    ]),
  );
});
