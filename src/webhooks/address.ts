// Where a webhook may go (OWASP, server-side request forgery): to the address that was looked at and no other, over TLS, and
// not into the house unless the site has listed that network.

import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { GreffierError } from '../shared/errors.ts';

const NOT_PUBLIC_4 = blockOf([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
]);
/** By itself: asked for an address of IPv4, a list looks at `::ffff:0:0/96` too. */
const NOT_PUBLIC_6 = blockOf([
  '::/127',
  // Addresses of IPv4 in the clothes of IPv6: nobody needs them here.
  '::ffff:0:0/96',
  '64:ff9b::/96',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
]);
const LOOPBACK = blockOf(['127.0.0.0/8', '::1/128']);
const LOCAL_NAMES = ['localhost', '127.0.0.1', '[::1]'];

export interface Address {
  address: string;
  family: 4 | 6;
}

/** Throws `bad-webhook` for an address that cannot be one: https, or http to this machine; no name and password in it. */
export function checkUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const local = url && LOCAL_NAMES.includes(url.hostname);
  const fit = url && (url.protocol === 'https:' || (url.protocol === 'http:' && local));
  if (fit && !url.username && !url.password && !url.hash) return url;
  throw new GreffierError('bad-webhook', `not an address for a webhook: ${url?.origin ?? 'no URL'}`, {
    hint: 'https, or http to this machine; no user, no password, no #',
  });
}

/**
 * The address to connect to. Throws `webhook-refused` when one of those that the name has is not permitted: a name that
 * leads to two places is not tried at its luck.
 * @param allow networks of the house that the site has listed, as `10.1.0.0/16`
 */
export async function addressOf(url: URL, allow: readonly string[]): Promise<Address> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const found = isIP(host) ? [{ address: host, family: isIP(host) }] : await lookup(host, { all: true });
  const listed = blockOf(allow);
  const local = url.protocol === 'http:';
  for (const { address, family } of found) {
    const kind = family === 6 ? 'ipv6' : 'ipv4';
    const permitted = local
      ? LOOPBACK.check(address, kind)
      : !(family === 6 ? NOT_PUBLIC_6 : NOT_PUBLIC_4).check(address, kind) || listed.check(address, kind);
    if (!permitted)
      throw new GreffierError('webhook-refused', `${url.hostname} is in a network that is not listed`, {
        hint: 'list it in `allow` if it is a network of the house',
      });
  }
  const first = found[0];
  if (!first) throw new GreffierError('webhook-refused', `${url.hostname} has no address`);
  return { address: first.address, family: first.family === 6 ? 6 : 4 };
}

function blockOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits = ''] = network.split('/');
    list.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}
