import { architectureDiagram, type Template } from '../../scripts/architecture-diagram';
import { replaceSection } from '../../scripts/marked-section';
import { testTemplate } from '../support/test-stack';

const template = (settings?: Readonly<Record<string, unknown>>) =>
  testTemplate(settings).toJSON() as Template;

test('the picture follows the template', () => {
  const diagram = architectureDiagram(
    template({ natGateways: 1, vpcCidr: '10.9.0.0/20', apiAccessCidrs: '8.8.8.8/32' }),
  );
  for (const text of [
    'VPC 10.9.0.0/20',
    '1 NAT gateway"',
    'private endpoint, and public for 8.8.8.8/32',
    'web/web<br>1 x 0.25vCPU 1GB',
  ]) {
    expect(diagram).toContain(text);
  }
});

test('every arrow begins and ends at a box or a group', () => {
  const diagram = architectureDiagram(template());
  const drawn = [...diagram.matchAll(/^ *(?:subgraph )?([\w-]+)\["/gm)].map((match) => match[1]);
  const ends = [...diagram.matchAll(/^([\w-]+) -->\|"[^"]*"\| ([\w-]+)$/gm)].flatMap((match) => [
    match[1],
    match[2],
  ]);
  expect(ends.length).toBeGreaterThan(8);
  expect(drawn).toEqual(expect.arrayContaining(ends));
});

test('what lies in an existing VPC is drawn without one', () => {
  const { Resources } = template();
  const inExisting = Object.fromEntries(
    Object.entries(Resources).filter(([, { Type }]) => !Type.startsWith('AWS::EC2::')),
  );
  expect(architectureDiagram({ Resources: inExisting })).toContain(
    'subgraph private["private subnets of an existing VPC"]',
  );
});

test('a page without markers is left alone, and said to be so', () => {
  expect(() => replaceSection('# page', 'architecture', 'x')).toThrow(
    'the page has no markers <!-- architecture:begin --> and <!-- architecture:end -->',
  );
});
