import { quote } from '../wording';
import type { BlockSettings } from './block-settings';

type IngressSettings = Pick<BlockSettings, 'ingress' | 'ingressCidrs' | 'ingressCertificateArn'>;

/** As for the API server: a wider range is no list of known clients. */
const widestPrefixWithoutTls = 8;

/** What is wrong with the settings of the load balancer together. */
export function ingressContradictions({
  ingress,
  ingressCidrs,
  ingressCertificateArn,
  region,
}: IngressSettings & { readonly region?: string }): readonly string[] {
  if (ingress === undefined) {
    return Object.entries({ ingressCidrs, ingressCertificateArn })
      .filter(([, value]) => value !== undefined)
      .map(
        ([name, value]) =>
          `${name} ${quote(String(value))} means nothing without a load balancer: set ingress to internal or public, or remove ${name}`,
      );
  }
  const [, , , certificateRegion] = ingressCertificateArn?.split(':') ?? [];
  if (certificateRegion !== undefined && region !== undefined && certificateRegion !== region) {
    return [
      `ingressCertificateArn ${quote(ingressCertificateArn!)} is of ${certificateRegion}, but region is ${quote(region)}: name a certificate of that region`,
    ];
  }
  if (ingress === 'internal') {
    return [];
  }
  if (ingressCidrs === undefined) {
    return [
      'ingress "public" has no ingressCidrs: name the ranges that may use it, such as your own address as a /32 (curl -s https://checkip.amazonaws.com prints it), or 0.0.0.0/0 for everybody',
    ];
  }
  const wide = ingressCidrs.find((range) => Number(range.split('/')[1]) < widestPrefixWithoutTls);
  return wide === undefined || ingressCertificateArn !== undefined
    ? []
    : [
        `ingressCidrs ${quote(wide)} opens the load balancer to much of the internet, without HTTPS: set ingressCertificateArn, or name ranges of /${widestPrefixWithoutTls} or narrower`,
      ];
}
