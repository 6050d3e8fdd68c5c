import { portOfProxy } from '../../config/proxy';

/** An HTTP proxy between the VPC and the internet. */
export interface HttpProxy {
  /** Its TCP port. */
  readonly port: number;
  /**
   * The environment variables of a program that uses it. They have no tokens of the CDK, so that their checksum is stable.
   */
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * What is reached past the proxy. Ranges are for programs that know them, such as all that are written in Go.
 *
 * - The cluster: EKS takes the addresses of Services from one of two ranges, and says which only afterwards.
 * - AWS: Fargate, and the function that calls the kubectl handler, know no proxy, so that there are endpoints or NAT.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html
 * @see https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config
 */
const direct = [
  'localhost',
  '127.0.0.1',
  '.svc',
  '.cluster.local',
  '10.100.0.0/16',
  '172.20.0.0/16',
  '.amazonaws.com',
];

/**
 * Describes a proxy to programs.
 *
 * @param url as `http://proxy.example.com:3128`.
 * @param cidr IPv4 range of the VPC.
 */
export function proxyAt(url: string, cidr: string): HttpProxy {
  const noProxy = [...direct, cidr].join(',');
  return {
    port: portOfProxy(url),
    // In both cases: curl reads http_proxy in lower case only, other programs in upper case only.
    variables: {
      HTTP_PROXY: url,
      HTTPS_PROXY: url,
      NO_PROXY: noProxy,
      http_proxy: url,
      https_proxy: url,
      no_proxy: noProxy,
    },
  };
}
