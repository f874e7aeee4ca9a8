// The box's network: a namespace, a cable (veth pair) to the host, and one nftables table that lets it out.
import { createSocket } from 'node:dgram';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { borrowHostSettings, returnHostSettings } from './host-settings.ts';
import type { Lab } from './lab.ts';
import { readMemo } from './memo.ts';
import { Problem } from './problem.ts';
import { run, succeeds } from './run.ts';

/** The host's port from which the lab's trunk calls. */
export const trunkPort = 5080;

/** Connects the box; what is there already stays as it is. */
export async function connectNetwork(lab: Lab): Promise<void> {
  await borrowHostSettings();
  if (!existsSync(namespaceFile(lab))) await run('ip', ['netns', 'add', lab.machine]);
  if (!(await hasCable(lab))) await layCable(lab);
  await run('ip', ['address', 'replace', `${lab.hostAddress}/24`, 'dev', lab.hostLink]);
  await run('ip', ['link', 'set', lab.hostLink, 'up']);
  await insideNamespace(lab, ['link', 'set', 'lo', 'up']);
  await insideNamespace(lab, ['address', 'replace', `${lab.boxAddress}/24`, 'dev', 'host0']);
  await insideNamespace(lab, ['link', 'set', 'host0', 'up']);
  await insideNamespace(lab, ['route', 'replace', 'default', 'via', lab.hostAddress]);
  await run('nft', ['-f', '-'], { input: rules(lab) });
}

/** The step of `make up`: connects the box, and sees early that its first call can be placed. */
export async function connectStep(lab: Lab): Promise<string> {
  await connectNetwork(lab);
  if (!readMemo(lab.state).firstCall) await checkTrunkPort(lab);
  return lab.boxAddress;
}

/** Removes whatever of the box's network is there. */
export async function disconnectNetwork(lab: Lab): Promise<void> {
  await succeeds('nft', ['delete', 'table', 'ip', lab.machine]);
  await succeeds('ip', ['link', 'delete', lab.hostLink]);
  await succeeds('ip', ['netns', 'delete', lab.machine]);
  await succeeds('ip', ['netns', 'delete', basename(twinSide(lab))]);
  await returnHostSettings();
}

// Refuses when another program sits on the port from which the fictitious call is placed.
async function checkTrunkPort(lab: Lab): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = createSocket('udp4');
  socket.on('error', reject);
  socket.bind({ port: trunkPort, address: lab.hostAddress, exclusive: true }, resolve);
  await promise.catch((error: NodeJS.ErrnoException) => {
    throw new Problem(
      `port ${trunkPort}/udp on ${lab.hostAddress} is taken (${error.code})`,
      `see by what: ss -lunp sport = :${trunkPort}`,
    );
  });
  socket.close();
}

/** Whether any of the box's network is there. */
export async function isConnected(lab: Lab): Promise<boolean> {
  return existsSync(namespaceFile(lab)) || (await hasCable(lab));
}

/** Where the box's network namespace is to be found. */
export function namespaceFile(lab: Lab): string {
  return `/run/netns/${lab.machine}`;
}

/** Where the network namespace of the host's side of a twin is to be found. */
export function twinSide(twin: Lab): string {
  return `${namespaceFile(twin)}-host`;
}

function hasCable(lab: Lab): Promise<boolean> {
  return succeeds('ip', ['link', 'show', 'dev', lab.hostLink]);
}

async function layCable(lab: Lab): Promise<void> {
  const boxEnd = ['peer', 'name', 'host0', 'netns', lab.machine];
  await run('ip', ['link', 'add', lab.hostLink, 'type', 'veth', ...boxEnd]);
}

function insideNamespace(lab: Lab, args: string[]): Promise<string> {
  return run('ip', ['-netns', lab.machine, ...args]);
}

// Emptied and filled in one transaction, so that a second `make up` does not double the rules.
function rules(lab: Lab): string {
  return `
table ip ${lab.machine} {}
flush table ip ${lab.machine}
table ip ${lab.machine} {
  chain postrouting {
    type nat hook postrouting priority srcnat; policy accept;
    ip saddr ${lab.subnet}.0/24 ip daddr != ${lab.subnet}.0/24 masquerade
  }
}
`;
}
