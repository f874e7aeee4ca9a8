// The real daemon on a site of its own: its configuration, keys, certificate and settings as the playbook lays them, and
// no Asterisk, which it looks for all the time and does not need: files are its queue.

import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { openPeople } from '../../src/access/people.ts';
import { openSessions } from '../../src/access/sessions.ts';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { makeSigningKey } from '../../src/keys/signing.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { asDaemon } from '../support/as-daemon.ts';
import { until } from '../support/until.ts';
import { lawful } from '../unit/support/policies.ts';
import { type Site, site } from '../unit/support/site.ts';
import { makeKey } from '../unit/support/world.ts';
import type { Bench } from './figure.ts';

export interface DaemonSite extends Site {
  at(...names: string[]): string;
  origin: string;
  /** Cookie of a manager who is logged in. */
  cookie: string;
}

/** Lays a site; the daemon has not been started yet. */
export async function laySite(bench: Bench, settings: object = lawful()): Promise<DaemonSite> {
  const own = await site(bench as never);
  const at = (...names: string[]) => join(own.folder, ...names);
  const port = await freePort();
  for (const name of ['spool', 'state/announcements', 'state/audit', 'keys', 'recipients/team', 'web'])
    await mkdir(at(name), { recursive: true, mode: 0o700 });
  const key = await makeKey({ date: new Date('2026-01-01T00:00:00Z') });
  for (const place of ['keys', 'recipients/team']) await writeFile(at(place, 'one.asc'), key.armoredPublic);
  await writeFile(at('web', 'index.html'), '<!doctype html>');
  const subject = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-noenc',
    '-subj',
    '/CN=localhost',
  ];
  await execa('openssl', ['req', '-x509', ...subject, '-keyout', at('web.key'), '-out', at('web.crt')]);
  await writeFile(at('seed.json'), JSON.stringify(settings));
  await own.change('web.port', port);
  await own.change('asterisk.ami.port', await freePort());
  await makeSigningKey(at('state', 'keys'), 'Démonstration');
  const people = await openPeople(at('state', 'access'), systemClock);
  await people.add('marie', ['manager'], 'a long enough password', false);
  const sessions = await openSessions(at('state', 'access'), systemClock);
  const cookie = `__Host-session=${sessions.begin('marie')}`;
  sessions.close();
  // As if it had been filled from the vault.
  const catalogue = await openCatalogue(at('state', 'catalogue'));
  await catalogue.filled();
  catalogue.close();
  return { ...own, at, origin: `https://127.0.0.1:${port}`, cookie };
}

export interface Daemon {
  pid: number;
  /** From its start until it says that it is ready, in ms. */
  readyMs: number;
  stop(): Promise<void>;
}

/** Starts the daemon and waits until it says that it is ready. */
export async function startDaemon(bench: Bench, { file }: DaemonSite): Promise<Daemon> {
  const { options, env } = await asDaemon();
  const argv = [...options, bench.program.main, file];
  const began = performance.now();
  const daemon = execa(process.execPath, argv, { env, reject: false, buffer: false });
  const said: string[] = [];
  const stop = async () => {
    daemon.kill('SIGTERM');
    await daemon;
  };
  bench.teardown(stop);
  const ready = (async () => {
    for await (const line of createInterface(daemon.stdout)) {
      said.push(line);
      if (line.includes('greffier is ready')) return performance.now() - began;
    }
    throw new Error(`the daemon ended: ${said.join('\n')}`);
  })();
  const readyMs = await ready;
  daemon.stdout.resume();
  return { pid: daemon.pid ?? 0, readyMs, stop };
}

/** Waits until the daemon has listed so many recordings. */
export async function listed({ at }: DaemonSite, count: number, patienceMs: number): Promise<void> {
  const catalogue = await openCatalogue(at('state', 'catalogue'));
  try {
    const all = async () => catalogue.count(new Date().toISOString()).recordings >= count;
    await until(`${count} recordings are listed`, all, patienceMs);
  } finally {
    catalogue.close();
  }
}

/** Text of a file of the site. */
export const textOf = (path: string) => readFile(path, 'utf8');

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
