// Which /24 a lab lives in. Fixed for the two that everyone uses, so that addresses in notes stay true.
import { existsSync, readdirSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { readMemo } from './memo.ts';
import { Problem } from './problem.ts';

const fixed: Record<string, string> = { demo: '10.87.1', test: '10.87.2' };

/** One line of /proc/net/route. */
export interface Route {
  link: string;
  address: number;
  mask: number;
  hasGateway: boolean;
}

/** The lab's own subnet if it has one already, else the one asked for, else its fixed one, else a free one. */
export function chooseSubnet(name: string, states: string, own?: string, asked?: string): string {
  if (own) return own;
  if (asked) return checked(asked);
  return fixed[name] ?? firstFree(states);
}

function checked(asked: string): string {
  const numbers = asked.split('.').map(Number);
  if (numbers.length === 3 && numbers.every((n) => Number.isInteger(n) && n >= 0 && n <= 255)) return asked;
  throw new Problem(
    `GREFFIER_LAB_SUBNET "${asked}" is not a subnet`,
    'give its first three numbers, such as 10.91.4',
  );
}

function firstFree(states: string): string {
  const names = existsSync(states) ? readdirSync(states) : [];
  const others = names.map((name) => readMemo(join(states, name)).subnet);
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  for (let n = 3; n < 255; n++) {
    const subnet = `10.87.${n}`;
    const taken = others.includes(subnet) || addresses.some((a) => a.address.startsWith(`${subnet}.`));
    if (!taken) return subnet;
  }
  throw new Problem('no subnet 10.87.3 to 10.87.254 is free', 'remove a lab: GREFFIER_LAB=<name> make down');
}

/** Reads /proc/net/route, which is there on a machine that has no tool yet; its numbers are little-endian. */
export function parseRoutes(table: string): Route[] {
  const rows = table.trim().split('\n').slice(1);
  return rows.map((row) => {
    const [link = '', address = '', gateway = '', , , , , mask = ''] = row.split(/\s+/);
    return { link, address: fromHex(address), mask: fromHex(mask), hasGateway: fromHex(gateway) !== 0 };
  });
}

/**
 * The host's route that a lab in this subnet would disturb, if any. Wide routes through a gateway (a company's
 * 10.0.0.0/8) do not count: the lab's own route is narrower and wins.
 */
export function disturbedRoute(subnet: string, ownLink: string, routes: Route[]): Route | undefined {
  const wanted = fromDotted(`${subnet}.0`);
  return routes.find(({ link, address, mask, hasGateway }) => {
    if (link === ownLink || mask === 0) return false;
    const shared = mask & fromDotted('255.255.255.0');
    const overlaps = (address & shared) === (wanted & shared);
    const isNarrow = mask >>> 0 >= fromDotted('255.255.0.0');
    return overlaps && (!hasGateway || isNarrow);
  });
}

/** A route the way people write it: 10.87.1.0/25 on eth0. */
export function describeRoute({ link, address, mask }: Route): string {
  const parts = [24, 16, 8, 0].map((shift) => (address >>> shift) & 255);
  return `${parts.join('.')}/${32 - Math.log2((~mask >>> 0) + 1)} on ${link}`;
}

function fromHex(littleEndian: string): number {
  return Buffer.from(littleEndian, 'hex').readInt32LE();
}

function fromDotted(address: string): number {
  return Buffer.from(address.split('.').map(Number)).readUInt32BE();
}
