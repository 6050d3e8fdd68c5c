import { architectureDiagram, type Template } from '../../scripts/architecture-diagram';
import { replaceSection } from '../../scripts/marked-section';
import { pictures } from '../../scripts/pictures';
import { checkoutTemplate } from '../support/checkout-stack';
import { read } from '../support/pages';

const template = (settings?: Readonly<Record<string, unknown>>) =>
  checkoutTemplate(settings).toJSON() as Template;

test('the README shows the stack as it is: npm run diagram draws it anew', () => {
  const readme = read('README.md');
  expect(readme).toBe(replaceSection(readme, 'architecture', pictures(template())));
});

test('the picture follows the template', () => {
  const diagram = architectureDiagram(
    template({ variant: 'scaled', natGateways: 1, vpcCidr: '10.9.0.0/20', apiAccessCidrs: '8.8.8.8/32' }),
  );
  for (const text of [
    'VPC 10.9.0.0/20',
    '1 NAT gateway"',
    'private endpoint, and public for 8.8.8.8/32',
    'checkout/checkout<br>3 x 1vCPU 3GB',
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
