/** The kernel parameters that a pod may set: https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/ */
import { isUnresolved } from '../manifest/field';
import type { Pod } from '../manifest/pod';

/** By the minor version of Kubernetes that counts them as safe. */
const safeSince: ReadonlyMap<string, number> = new Map([
  ['kernel.shm_rmid_forced', 0],
  ['net.ipv4.ip_local_port_range', 0],
  ['net.ipv4.tcp_syncookies', 0],
  ['net.ipv4.ping_group_range', 0],
  ['net.ipv4.ip_unprivileged_port_start', 0],
  ['net.ipv4.ip_local_reserved_ports', 27],
  ['net.ipv4.tcp_keepalive_time', 29],
  ['net.ipv4.tcp_fin_timeout', 29],
  ['net.ipv4.tcp_keepalive_intvl', 29],
  ['net.ipv4.tcp_keepalive_probes', 29],
  ['net.ipv4.tcp_rmem', 32],
  ['net.ipv4.tcp_wmem', 32],
]);

/** The sysctls of a pod that are not safe: the standard forbids them, and so does a kubelet without settings of its own. */
export function unsafeSysctls({ spec }: Pod, kubernetesMinor: number): readonly string[] {
  return spec
    .get('securityContext')
    .get('sysctls')
    .items()
    .map((sysctl) => sysctl.get('name').text() ?? '')
    .filter((name) => (safeSince.get(name) ?? Infinity) > kubernetesMinor && !isUnresolved(name));
}
