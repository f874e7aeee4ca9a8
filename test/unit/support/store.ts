// A real vault with its catalogue, audit log and signing key, and recordings in it that are due when a test says so.

import { randomUUID } from 'node:crypto';
import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { Appliance } from '../../../src/appliance.ts';
import { openApprovals } from '../../../src/approvals/desk.ts';
import { openAudit } from '../../../src/audit/journal.ts';
import { openCatalogue } from '../../../src/catalogue/catalogue.ts';
import { callRow, recordingRow } from '../../../src/catalogue-rows.ts';
import { openComments } from '../../../src/comments/store.ts';
import { createDestruction } from '../../../src/destruction.ts';
import { openExtracts } from '../../../src/extracts/store.ts';
import { openHoldBook } from '../../../src/holds/book.ts';
import { makeSigningKey, openSigner } from '../../../src/keys/signing.ts';
import { type Destruction, sweep } from '../../../src/purge/sweep.ts';
import { openScorecards } from '../../../src/scorecards/store.ts';
import { dayOf, type Manifest } from '../../../src/sealing/manifest.ts';
import { canonicalBytes } from '../../../src/shared/canonical.ts';
import type { Clock } from '../../../src/shared/clock.ts';
import { verifier } from '../../../src/signatures.ts';
import { type Clocks, openTime } from '../../../src/time/effective.ts';
import { openVault, type Vault } from '../../../src/vault/vault.ts';
import { recordOf } from './calls.ts';
import { handClock, ownFolder } from './world.ts';

export type Store = Awaited<ReturnType<typeof openStore>>;

/** Opens a store in a folder of the test's own, or in one that a store was in before. */
export async function openStore(t: Pick<Test, 'teardown'>, root?: string) {
  return openStoreIn(t, root ?? (await ownFolder(t)));
}

async function openStoreIn(t: Pick<Test, 'teardown'>, root: string) {
  const clock = handClock('2026-11-22T08:00:00Z');
  await makeSigningKey(join(root, 'keys'), 'Démonstration');
  const signer = await openSigner(join(root, 'keys'));
  const vault = await openVault(join(root, 'vault'));
  const parts = {
    vault,
    holds: openHoldBook(vault.holds, () => verifier(signer.publicKey)),
    approvals: await openApprovals(join(root, 'approvals'), clock),
    extracts: await openExtracts(join(root, 'extracts'), clock),
    scorecards: await openScorecards(join(root, 'scorecards'), clock),
    comments: await openComments(join(root, 'comments'), clock),
    time: await openTime(join(root, 'time'), passing(clock), async () => undefined),
    clock,
    catalogue: await openCatalogue(join(root, 'catalogue')),
    audit: await openAudit(join(root, 'audit'), clock, { origin: 'Démonstration', sign: signer.sign }),
    signer,
    config: { site: { name: 'Démonstration' }, state: { access: join(root, 'access') } },
  };
  t.teardown(() => parts.catalogue.close());
  return {
    ...parts,
    root,
    destruction: (vault: Vault = parts.vault) =>
      createDestruction({ ...parts, vault } as unknown as Appliance),
  };
}

/** The clocks of a machine on which time passes as the clock is moved. */
export function passing(clock: Clock): Clocks {
  return { wall: clock, up: () => clock().getTime() / 1000, boot: async () => 'the one boot' };
}

/** A sweep whose report names what went. */
export async function swept(destruction: Destruction, now: Date, reason?: string) {
  const destroyed: string[] = [];
  const told = (id: string) => void destroyed.push(id);
  const { failed } = await sweep(destruction, now, { destroyed: told, ...(reason && { reason }) });
  return { destroyed, failed: failed.map(({ id, reason }) => ({ id, reason })) };
}

/** Puts a recording into the vault and the catalogue. Its files are stand-ins; the vault does not look into them. */
export async function keep({ vault, catalogue, signer }: Store, dueAt: string, id = randomUUID() as string) {
  const manifest = manifestOf(id, dueAt);
  const folder = await vault.incoming(id);
  for (const name of ['header.pgp', 'body.pgp', 'details.pgp'])
    await writeFile(join(folder, name), `${name} of ${id}`.repeat(50));
  const bytes = canonicalBytes(manifest);
  await vault.putManifest(id, bytes, await signer.sign(bytes));
  await vault.admit(id, dayOf(manifest));
  catalogue.putRecording(recordingRow(manifest));
  return { id, manifest, folder: folderOf(id) };
}

/** Puts the record of a recorded call into the vault and the catalogue. */
export async function keepCall({ vault, catalogue }: Store, id: string, ...facts: string[]) {
  const record = recordOf(id, ...facts);
  await vault.calls.put(id, dayOf(manifestOf(id, '')), canonicalBytes(record));
  catalogue.putCall(callRow(record));
  return record;
}

/** Place of a recording in the vault of its store. */
export function folderOf(id: string): string {
  return join('vault', '2026', '05', '22', id);
}

/** For stores in which everything can be read. */
export function unreadable(id: string, reason: string): void {
  throw new Error(`${id}: ${reason}`);
}

export function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** The same steps, except that each is reported first; what the report throws, the step throws. */
export function watched(destruction: Destruction, before: (step: string, id: string) => void): Destruction {
  return {
    due: destruction.due,
    permit: destruction.permit,
    alone: destruction.alone,
    isKept: destruction.isKept,
    announce: destruction.announce,
    forget: destruction.forget,
    async shred(recording, part) {
      before(part, recording.id);
      await destruction.shred(recording, part);
    },
    async bury(recording, at, reason) {
      before('tombstone', recording.id);
      await destruction.bury(recording, at, reason);
    },
    async removeFolder(recording) {
      before('folder', recording.id);
      await destruction.removeFolder(recording);
    },
    unname: destruction.unname,
    async markDestroyed(recordings, at, reason) {
      for (const { id } of recordings) before('row', id);
      await destruction.markDestroyed(recordings, at, reason);
    },
  };
}

/** A manifest with every field in it. */
export function manifestOf(id: string, dueAt: string): Manifest {
  const hash = { bytes: 1_000, sha256: 'ab12' };
  const [startedAt, endedAt] = ['2026-05-22T08:15:20.123Z', '2026-05-22T08:17:00.123Z'];
  return {
    format: 'greffier-manifest-3',
    id,
    site: 'Démonstration',
    direction: 'inbound',
    client: 'demo',
    line: { did: '+33123456701', name: 'Accueil' },
    policy: { id: 'accueil', generation: '0123456789ab' },
    purpose: 'quality',
    outside: { last4: '5678', fingerprint: 'f00d' },
    extensions: ['201'],
    arrivedAt: '2026-05-22T08:15:00.123Z',
    answeredAt: startedAt,
    endedAt,
    announcements: [
      {
        id: 'accueil-fr-v1',
        sha256: 'ab12',
        startedAt: '2026-05-22T08:15:01.123Z',
        heardToTheEndAt: '2026-05-22T08:15:07.123Z',
      },
    ],
    draw: { value: '1a2b3c4d', threshold: '40000000', share: 25 },
    consent: 'not-refused',
    segments: [{ startedAt, endedAt, reason: 'end' }],
    pauses: [],
    state: 'sealed',
    audio: { encoding: 'flac', rate: 8000, left: 'outside', right: 'inside', milliseconds: 100_000 },
    body: hash,
    details: hash,
    recipients: ['cafe'],
    retention: 'P180D',
    dueAt,
    signedBy: 'beef',
  };
}
