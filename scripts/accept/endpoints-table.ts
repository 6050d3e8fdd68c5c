import { gatewayEndpoints, interfaceEndpoints } from '../../lib/constructs/network/private-endpoints';

/** The table of the endpoints of a VPC without a way to the internet, in Markdown: which, and who needs it. */
export function endpointsTable(): string {
  const rows = [
    ...interfaceEndpoints.map((endpoint) => ({ type: 'interface', ...endpoint })),
    ...gatewayEndpoints.map((endpoint) => ({ type: 'gateway', ...endpoint })),
  ];
  return [
    '| `com.amazonaws.REGION.` | type | who needs it, and the source |',
    '| --- | --- | --- |',
    ...rows.map(
      ({ service, type, reason, source, block }) =>
        `| \`${service}\` | ${type} | ${block ? `with \`${block}\`: ` : ''}${reason} (${source.startsWith('https:') ? `[source](${source})` : `\`${source}\``}) |`,
    ),
  ].join('\n');
}
