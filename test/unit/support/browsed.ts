// The real page in a real browser, over the real web server on a port of this machine: no lab, and half a million rows.

import { cp } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Browser } from 'playwright-core';
import type { Test } from 'tap';
import type { Role } from '../../../src/access/roles.ts';
import { openView, type View } from '../../support/browser.ts';
import type { LabInfo } from '../../support/lab.ts';
import { fillCatalogue } from './half-a-million.ts';
import { type KeyWorld, keepSealed, openKeyWorld } from './keys.ts';
import { openWeb } from './web.ts';
import { type MadeKey, makeKey, ROOT } from './world.ts';

const NAMES = {
  clients: [
    { id: 'demo', name: 'Démonstration', contact: 'dpo@example.org' },
    { id: 'autre', name: 'Cabinet Moreau', contact: 'dpo@example.net' },
  ],
  lines: Array.from({ length: 20 }, (_, at) => ({
    did: `+331234567${String(at).padStart(2, '0')}`,
    client: at % 3 === 0 ? 'autre' : 'demo',
    name: ['Accueil', 'Ventes', 'Service après-vente', 'Astreinte'][at] ?? `Ligne ${at}`,
  })),
  queues: [
    { id: 'q3', client: 'autre', name: 'File du matin' },
    { id: 'q5', client: 'demo', name: 'Urgences' },
  ],
  people: Array.from({ length: 300 }, (_, at) => ({
    id: at === 0 ? 'nadia' : `agent-${at}`,
    client: 'demo',
    name: at === 0 ? 'Nadia Benali' : `Agent ${at}`,
    extensions: [String(200 + at)],
  })),
};

/** Lays the built UI there: what the whole run has built once, or one of its own. */
async function layWeb(folder: string): Promise<void> {
  const built = process.env.GREFFIER_BUILT_WEB;
  if (built) return cp(built, folder, { recursive: true });
  const build = ['node_modules/vite/bin/vite.js', 'build', 'web', '--logLevel', 'error', '--emptyOutDir'];
  await execa(process.execPath, [...build, '--outDir', folder], { cwd: ROOT });
}

/**
 * A server with so many rows, and two recordings that are really sealed to a key.
 * @param prepare what the appliance is given before the server is built over it
 */
export async function openBrowsed(
  t: Test,
  rows: number,
  prepare: (world: KeyWorld) => Promise<unknown> = async () => {},
) {
  const world = await openKeyWorld(t);
  const site = { ...world.config.site, country: 'FR', timezone: 'Europe/Paris', language: 'fr' };
  Object.assign(world.config, { site, secrets: { hmac: '0123456789abcdef' } });
  Object.assign(world.settings.data, NAMES);
  const key: MadeKey = await makeKey();
  if (rows > 0) fillCatalogue(world.at('catalogue'), rows).close();
  const sealed = [await keepSealed(t, world, [key]), await keepSealed(t, world, [key])];
  // The newest of all, so that they stand on the first page.
  for (const { id } of sealed) {
    const row = world.catalogue.recording(id);
    if (row)
      world.catalogue.putRecording({ ...row, started_at: '2027-01-02T10:00:00.000Z', extension: '200' });
  }
  const web = join(world.root, 'web');
  await layWeb(web);
  await cp(join(web, 'index.html'), join(world.root, 'entry.html'));
  await prepare(world);
  const opened = await openWeb(t, world.appliance, web, world.clock);
  await cp(join(world.root, 'entry.html'), join(web, 'index.html'));
  await opened.server.listen({ host: '127.0.0.1', port: 0 });
  const { port } = opened.server.server.address() as AddressInfo;
  const origin = `https://127.0.0.1:${port}`;

  /** A page of somebody who is logged in. */
  async function view(browser: Browser, shown: View, user: string, roles: Role[] = ['manager']) {
    if (!(await opened.people.find(user)))
      await opened.people.add(user, roles, 'a long enough password', false);
    const seen = await openView(browser, { web: origin } as LabInfo, shown);
    const value = opened.sessions.begin(user);
    const path = { domain: '127.0.0.1', path: '/' };
    await seen.context.addCookies([
      { name: '__Host-session', value, ...path, secure: true, httpOnly: true, sameSite: 'Strict' },
    ]);
    t.teardown(() => seen.context.close());
    return seen;
  }
  return { ...opened, world, key, sealed, origin, view };
}
