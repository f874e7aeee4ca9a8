// The web of an answering service with two clients, each with a line, people and recordings.

import type { Test } from 'tap';
import type { Role } from '../../../src/access/roles.ts';
import { recordingRow } from '../../../src/catalogue-rows.ts';
import { openDesk } from './rights.ts';
import { keep } from './store.ts';
import { openWeb } from './web.ts';

const LATER = '2027-05-22T08:15:00.123Z';
const SETTINGS = {
  clients: [
    { id: 'demo', name: 'Démonstration', contact: 'dpo@example.org' },
    { id: 'autre', name: 'Autre', contact: 'dpo@example.net' },
  ],
  lines: [
    { did: '+33123456701', client: 'demo', name: 'Accueil' },
    { did: '+33123456709', client: 'autre', name: 'Ventes' },
  ],
  queues: [{ id: 'accueil', client: 'demo', name: 'Accueil' }],
  people: [
    { id: 'nadia', client: 'demo', name: 'Nadia', extensions: ['201'] },
    { id: 'omar', client: 'autre', name: 'Omar', extensions: ['301'] },
    { id: 'chef', client: 'demo', name: 'Chef', extensions: [] },
  ],
};

/** Opens it, with the recordings of neither. */
export async function web(t: Test) {
  const desk = await openDesk(t);
  Object.assign(desk.settings.data, SETTINGS);
  const opened = await openWeb(t, desk.appliance, desk.root, desk.clock);
  const limited = async (user: string, roles: Role[], clients: string[]) => {
    const asks = await opened.person(user, roles);
    await opened.people.change(user, () => ({ clients }));
    return asks;
  };
  const entries = async (action: string) =>
    (await desk.audit.entries()).filter((entry) => entry.action === action);
  return { ...opened, desk, limited, entries };
}

/** A recording of the other client, in the vault and in the index. */
export async function keepOther({ desk }: Awaited<ReturnType<typeof web>>) {
  const { id, manifest } = await keep(desk, LATER);
  const line = { did: '+33123456709', name: 'Ventes' };
  desk.catalogue.putRecording(recordingRow({ ...manifest, client: 'autre', line, extensions: ['301'] }));
  return id;
}
