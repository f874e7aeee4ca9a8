// The name servers that the box can use: the host's real ones. An address of the host's own loopback (a stub such as
// 127.0.0.53) means another machine inside the box.
import { existsSync, readFileSync } from 'node:fs';
import { Problem } from './problem.ts';

// In this order: the plain file, then where systemd-resolved and NetworkManager note what is behind their stub.
const sources = [
  '/etc/resolv.conf',
  '/run/systemd/resolve/resolv.conf',
  '/run/NetworkManager/no-stub-resolv.conf',
];

/** The host's name servers that can be reached from another machine. */
export function nameServers(): string[] {
  for (const source of sources) {
    const servers = existsSync(source) ? reachableServers(readFileSync(source, 'utf8')) : [];
    if (servers.length > 0) return servers;
  }
  throw new Problem(
    'this machine has no name server that the box could reach, only its own loopback',
    'put a "nameserver" line with a real address into /etc/resolv.conf',
  );
}

/** The IPv4 servers of a resolv.conf, without those of the loopback; the box has no IPv6. */
export function reachableServers(resolvConf: string): string[] {
  const found = resolvConf.matchAll(/^\s*nameserver\s+(\d+\.\d+\.\d+\.\d+)\s*$/gm);
  return [...found].map((match) => match[1] ?? '').filter((address) => !address.startsWith('127.'));
}
