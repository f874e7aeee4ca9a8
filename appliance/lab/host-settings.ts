// What the labs change on the host itself, and give back with the last of them: packet forwarding, and the mount that
// `ip netns` makes for its own use. Noted under /run, which a reboot of the host empties as it does the settings.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { run, succeeds } from './run.ts';

interface Before {
  forwarding: string;
  namespacesMounted: boolean;
}

const note = '/run/greffier-lab/host-before.json';
const forwarding = '/proc/sys/net/ipv4/ip_forward';

/** Turns forwarding on, after noting how the host was before its first lab. */
export async function borrowHostSettings(): Promise<void> {
  if (!existsSync(note)) {
    const before: Before = {
      forwarding: readForwarding(),
      namespacesMounted: await succeeds('mountpoint', ['--quiet', '/run/netns']),
    };
    await mkdir('/run/greffier-lab', { recursive: true });
    await writeFile(note, JSON.stringify(before));
  }
  await setForwarding('1');
}

/** Gives the host's settings back, unless another lab still needs them. */
export async function returnHostSettings(): Promise<void> {
  const namespaces = existsSync('/run/netns') ? readdirSync('/run/netns') : [];
  if (!existsSync(note) || namespaces.some((name) => name.startsWith('greffier-'))) return;
  const before = JSON.parse(readFileSync(note, 'utf8')) as Before;
  await setForwarding(before.forwarding);
  if (!before.namespacesMounted && namespaces.length === 0) await unmountNamespaces();
  await rm('/run/greffier-lab', { recursive: true });
}

function readForwarding(): string {
  return readFileSync(forwarding, 'utf8').trim();
}

// Not written for nothing: inside a container the file may be read-only, and right already.
async function setForwarding(value: string): Promise<void> {
  if (readForwarding() !== value) await writeFile(forwarding, value);
}

async function unmountNamespaces(): Promise<void> {
  await run('umount', ['/run/netns']);
  await rmdir('/run/netns');
}
