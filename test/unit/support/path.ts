// The call's path over a spool, a vault, a catalogue and a sealing worker that are real; only the clock is not.

import { appendFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { decrypt, readMessage } from 'openpgp';
import type { Test } from 'tap';
import { openAlarms } from '../../../src/alarms/alarms.ts';
import type { Appliance } from '../../../src/appliance.ts';
import type { OnStage } from '../../../src/call-path/stages.ts';
import { createCallPath } from '../../../src/call-path.ts';
import { type CallRecord, readCallRecord } from '../../../src/calls/record.ts';
import { openObjections } from '../../../src/objections/list.ts';
import type { Settings } from '../../../src/policies/schema.ts';
import type { Encoding } from '../../../src/sealing/encoder.ts';
import { startSealer } from '../../../src/sealing/sealer.ts';
import { createLogger } from '../../../src/shared/logger.ts';
import { openSpool } from '../../../src/spool/spool.ts';
import { samplesOf } from './recording.ts';
import { openStore } from './store.ts';
import { CALL, type MadeKey, sheetText } from './world.ts';

export type Path = Awaited<ReturnType<typeof openPath>>;

const SETTINGS = {
  clients: [{ id: 'demo', name: 'Démonstration', contact: 'dpo@example.org' }],
  policies: [{ id: 'accueil', client: 'demo', purpose: 'training', retention: 'P90D', recipients: [] }],
  lines: [{ did: '+33123456701', client: 'demo', name: 'Accueil', policy: 'accueil' }],
  outbound: [],
} as unknown as Settings;

export interface PathOptions {
  /** Folder that a path was open in before. */
  root?: string;
  reached?: OnStage;
  encoding?: Encoding;
}

/** Opens a path that seals to one key. */
export async function openPath(
  t: Pick<Test, 'teardown'>,
  recipient: Pick<MadeKey, 'armoredPublic'>,
  { root, reached, encoding = 'flac' }: PathOptions = {},
) {
  const store = await openStore(t, root);
  const folder = join(store.root, 'spool');
  await mkdir(folder, { recursive: true });
  const log = createLogger('silent');
  const spool = openSpool(folder);
  const appliance = {
    ...store,
    log,
    spool,
    objections: await openObjections(
      {
        folder: join(store.root, 'objections'),
        published: join(store.root, 'published-objections'),
        country: 'FR',
      },
      store.clock,
    ),
    alarms: await openAlarms(join(store.root, 'alarms'), store.clock, log),
    settings: { data: structuredClone(SETTINGS) },
    config: {
      site: { name: 'Démonstration', country: 'FR' },
      secrets: { hmac: '0123456789abcdef', ari: '' },
      paths: { cel: join(store.root, 'greffier.csv') },
      asterisk: { ari: { url: 'http://127.0.0.1:1', user: 'nobody' } },
    },
  } as unknown as Appliance;
  for (const policy of appliance.settings.data.policies) policy.encoding = encoding;
  const sealer = startSealer();
  t.teardown(() => sealer.close());
  const open = () => createCallPath(appliance, sealer, async () => [recipient.armoredPublic], reached);
  return { ...appliance, root: store.root, clock: store.clock, open, path: open() };
}

/** Writes the sheet of a call anew. */
export async function writeSheet({ spool }: Path, ...facts: string[]): Promise<void> {
  await writeFile(spool.sheetPath(CALL), sheetText(...facts));
}

/** Captures more of a call. */
export async function capture({ spool }: Path, audio: Buffer): Promise<void> {
  await appendFile(spool.audioPath(CALL), audio);
}

/** Looks until something holds. Throws after half a minute: a machine may have other work. */
export async function lookUntil(path: Path, what: string, holds: () => unknown): Promise<void> {
  for (let count = 0; count < 300; count += 1, await delay(100)) {
    await path.path.look(CALL);
    if (await holds()) return;
  }
  throw new Error(`never: ${what}`);
}

/** The day of the call. */
export const DAY = new Date('2026-11-22T00:00:00Z');

/** The record of the call, once there is one. */
export async function recordOf({ vault }: Path): Promise<CallRecord | undefined> {
  const text = await vault.calls.read(CALL, DAY);
  return text === undefined ? undefined : readCallRecord(text);
}

/** Names of what lies in the spool. */
export function spooled({ root }: Path): Promise<string[]> {
  return readdir(join(root, 'spool'));
}

/** Names of what is being sealed. */
export function incoming({ root }: Path): Promise<string[]> {
  return readdir(join(root, 'vault', 'incoming'));
}

/** Codes of the alarms, newest first. */
export async function alarms(path: Path): Promise<string[]> {
  return (await path.alarms.latest(10)).map(({ code }) => code);
}

/** The samples of the recording, opened with the private key. */
export async function samplesIn({ vault }: Path, { privateKey }: MadeKey): Promise<Buffer> {
  const [header, body] = [await vault.read(CALL, DAY, 'header'), await vault.read(CALL, DAY, 'body')];
  const binaryMessage = Uint8Array.from(Buffer.concat([header ?? Buffer.alloc(0), body ?? Buffer.alloc(0)]));
  const message = await readMessage({ binaryMessage });
  const { data } = await decrypt({ message, decryptionKeys: privateKey, format: 'binary' });
  return samplesOf(data as Uint8Array);
}

/** Whether the call has its record and has left the spool. */
export async function isClosed(path: Path): Promise<boolean> {
  return (await recordOf(path)) !== undefined && (await spooled(path)).length === 0;
}
