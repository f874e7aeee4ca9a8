// Whether a lab can live on this machine; every refusal comes before anything is changed.
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { request } from 'node:http';
import { dirname } from 'node:path';
import { isBaseCached } from './base-image.ts';
import { httpProxy, type Lab } from './lab.ts';
import { suite } from './packages.ts';
import { Problem } from './problem.ts';
import { describeRoute, disturbedRoute, parseRoutes } from './subnet.ts';

const gibibyte = 1024 ** 3;
const neededGibibytes = 6;

/** Refuses a machine or a person that cannot make a lab. */
export async function checkMachine(lab: Lab): Promise<undefined> {
  checkRoot();
  checkDebian();
  checkLoopDevices();
  if (!existsSync(lab.disk)) checkSpace(lab.state);
  if (!isBaseCached(lab)) checkSpace(lab.cache);
  checkSubnet(lab);
  await checkNetwork(lab);
}

/** Only root may make machines. */
export function checkRoot(): void {
  if (process.platform !== 'linux') {
    throw new Problem(
      `the lab cannot run on ${process.platform}`,
      'use a Debian 12 or 13 machine, or: vagrant up',
    );
  }
  const uid = process.getuid?.();
  if (uid !== 0) {
    throw new Problem(
      `the lab is made and removed by root, you are user ${uid}`,
      'run it as root, with sudo',
    );
  }
}

function checkDebian(): void {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  const id = release.match(/^ID="?([^"\n]*)/m)?.[1] ?? 'unknown';
  const version = release.match(/^VERSION_ID="?([^"\n]*)/m)?.[1] ?? '';
  // Testing and unstable have no version.
  if (id === 'debian' && (version === '' || Number(version) >= 12)) return;
  throw new Problem(`"${`${id} ${version}`.trim()}" is not supported`, 'use Debian 12 or 13, or: vagrant up');
}

function checkLoopDevices(): void {
  if (existsSync('/dev/loop-control')) return;
  throw new Problem(
    '/dev/loop-control is missing, so no disk image can be mounted',
    'run: modprobe loop (inside a container, give it the loop devices)',
  );
}

function checkSpace(folder: string): void {
  let existing = folder;
  while (!existsSync(existing)) existing = dirname(existing);
  const { bavail, bsize } = statfsSync(existing);
  const free = (bavail * bsize) / gibibyte;
  if (free >= neededGibibytes) return;
  throw new Problem(
    `${free.toFixed(1)} GiB free under ${existing}, the lab needs ${neededGibibytes}`,
    'free some, or point GREFFIER_LAB_STATE and GREFFIER_LAB_CACHE to a larger disk',
  );
}

async function checkNetwork(lab: Lab): Promise<void> {
  const url = `${lab.mirror}/dists/${suite}/InRelease`;
  const answer = await head(url).catch((error: NodeJS.ErrnoException) => error.code ?? error.message);
  if (answer === 200) return;
  throw new Problem(
    `no network: ${url}${httpProxy ? ` through ${httpProxy}` : ''} cannot be reached (${answer})`,
    'check the connection and the name servers, or set http_proxy or GREFFIER_LAB_MIRROR',
  );
}

function head(url: string): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  const target = httpProxy ?? url;
  const options = { method: 'HEAD', timeout: 15_000, headers: { host: new URL(url).host } };
  const asked = request(target, httpProxy ? { ...options, path: url } : options, (response) => {
    response.resume();
    resolve(response.statusCode);
  });
  asked.on('timeout', () => asked.destroy(new Error('no answer within 15 s')));
  asked.on('error', reject);
  asked.end();
  return promise;
}

function checkSubnet(lab: Lab): void {
  const taken = disturbedRoute(
    lab.subnet,
    lab.hostLink,
    parseRoutes(readFileSync('/proc/net/route', 'utf8')),
  );
  if (!taken) return;
  throw new Problem(
    `the subnet ${lab.subnet}.0/24 is in use on this machine: ${describeRoute(taken)}`,
    'choose another one: GREFFIER_LAB_SUBNET=10.91.4 make up',
  );
}
