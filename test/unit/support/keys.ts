// An appliance with keys in their folders and recordings that are really sealed to them.

import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decrypt, readKey, readMessage } from 'openpgp';
import type { Test } from 'tap';
import { openAlarms } from '../../../src/alarms/alarms.ts';
import type { Appliance } from '../../../src/appliance.ts';
import { openApprovals } from '../../../src/approvals/desk.ts';
import { openAudit } from '../../../src/audit/journal.ts';
import { openCatalogue } from '../../../src/catalogue/catalogue.ts';
import { recordingRow } from '../../../src/catalogue-rows.ts';
import { openComments } from '../../../src/comments/store.ts';
import { openExtracts } from '../../../src/extracts/store.ts';
import { openHoldBook } from '../../../src/holds/book.ts';
import { confirmCanary } from '../../../src/keyring/keys-in-force.ts';
import { type AsRoot, takeHeaders } from '../../../src/keyring/rotation.ts';
import { allHeadersLeft } from '../../../src/keyring/rotation-headers.ts';
import { canaries } from '../../../src/keys/drill.ts';
import { type Rotation, rotations } from '../../../src/keys/rotation-file.ts';
import { makeSigningKey, openSigner } from '../../../src/keys/signing.ts';
import { rewrapHeader } from '../../../src/offline/rewrap.ts';
import { openScorecards } from '../../../src/scorecards/store.ts';
import { dayOf } from '../../../src/sealing/manifest.ts';
import { canonicalBytes } from '../../../src/shared/canonical.ts';
import { createLogger } from '../../../src/shared/logger.ts';
import { sessionKeyPackets } from '../../../src/shared/packets.ts';
import { verifier } from '../../../src/signatures.ts';
import { openSpool } from '../../../src/spool/spool.ts';
import { openTime } from '../../../src/time/effective.ts';
import { openVault } from '../../../src/vault/vault.ts';
import { settingsOfOne } from './policies.ts';
import { noise, sealWhole } from './recording.ts';
import { manifestOf, passing } from './store.ts';
import { handClock, type MadeKey, makeKey, ownFolder } from './world.ts';

/** Day of the recordings. */
export const DAY = new Date('2026-05-22T00:00:00Z');
const MADE = new Date('2026-01-01T00:00:00Z');

export type KeyWorld = Awaited<ReturnType<typeof openKeyWorld>>;

/** A key that was in force before the clock of the tests. */
export const oldEnough = (name: string) => makeKey({ date: MADE, userIDs: [{ name }] });

/** The file of a key in the folder of its place. */
export const laid = (key: MadeKey) => Buffer.from(key.armoredPublic);

/** Opens an appliance with one group, in a folder of the test's own. */
export async function openKeyWorld(t: Test) {
  const root = await ownFolder(t);
  await mkdir(join(root, 'etc', 'recovery'), { recursive: true });
  await mkdir(join(root, 'etc', 'recipients'));
  await mkdir(join(root, 'spool'));
  await makeSigningKey(join(root, 'keys'), 'Démonstration');
  const world = await openParts(root);
  await world.catalogue.filled();
  t.teardown(() => world.catalogue.close());
  return world;
}

/** Opens what lies in such a folder; another process may have it open too. */
export async function openParts(root: string) {
  const at = (...names: string[]) => join(root, ...names);
  const [log, clock] = [createLogger('silent'), handClock('2026-11-22T08:00:00Z')];
  const signer = await openSigner(at('keys'));
  const vault = await openVault(at('vault'));
  const parts = {
    log,
    clock,
    vault,
    holds: openHoldBook(vault.holds, () => verifier(signer.publicKey)),
    approvals: await openApprovals(at('approvals'), clock),
    extracts: await openExtracts(at('extracts'), clock),
    scorecards: await openScorecards(at('scorecards'), clock),
    comments: await openComments(at('comments'), clock),
    time: await openTime(at('time'), passing(clock), async () => undefined),
    catalogue: await openCatalogue(at('catalogue')),
    audit: await openAudit(at('audit'), clock, { origin: 'Démonstration', sign: signer.sign }),
    signer,
    alarms: await openAlarms(at('alarms'), clock, log),
    spool: openSpool(at('spool')),
    settings: settingsOfOne(),
    config: {
      site: { name: 'Démonstration', timezone: 'Europe/Paris', language: 'fr', country: 'FR' },
      paths: { recoveryKeys: at('etc', 'recovery'), recipients: at('etc', 'recipients') },
      state: {
        keys: at('keys'),
        access: at('access'),
        vault: at('vault'),
        checks: at('checks'),
        rights: at('rights'),
        downloads: at('downloads'),
        incidents: at('incidents'),
        backups: at('backups'),
        webhooks: at('webhooks'),
        policies: at('policies'),
        announcements: at('announcements'),
      },
    },
  };
  return { ...parts, at, root, appliance: parts as unknown as Appliance };
}

/** Lays a public key as the playbook does. */
export async function lay({ at }: KeyWorld, place: string, key: MadeKey | string, name = 'one.asc') {
  await mkdir(at('etc', place), { recursive: true });
  await writeFile(at('etc', place, name), typeof key === 'string' ? key : key.armoredPublic);
}

/** Seals audio, or a second of noise, to keys and keeps it in vault and catalogue. */
export async function keepSealed(
  t: Pick<Test, 'teardown'>,
  { vault, catalogue, signer }: Pick<KeyWorld, 'vault' | 'catalogue' | 'signer'>,
  keys: MadeKey[],
  audio = noise(800),
) {
  const sealed = await sealWhole(
    await ownFolder(t),
    audio,
    keys.map(({ armoredPublic }) => armoredPublic),
  );
  const id = randomUUID() as string;
  const base = manifestOf(id, '2027-01-01T00:00:00.000Z');
  const manifest = {
    ...base,
    audio: { ...base.audio, milliseconds: sealed.milliseconds },
    body: sealed.body,
    details: sealed.details,
    recipients: sealed.recipients,
  };
  const folder = await vault.incoming(id);
  for (const name of ['header.pgp', 'body.pgp', 'details.pgp'])
    await copyFile(join(sealed.folder, name), join(folder, name));
  const bytes = canonicalBytes(manifest);
  await vault.putManifest(id, bytes, await signer.sign(bytes));
  await vault.admit(id, dayOf(manifest));
  catalogue.putRecording(recordingRow(manifest));
  return { id, sealed, manifest };
}

/** Whether a private key opens the recording, with the header that lies in the vault or another one. */
export async function opens({ vault }: KeyWorld, id: string, { privateKey }: MadeKey, other?: Uint8Array) {
  const header = other ?? (await vault.read(id, DAY, 'header')) ?? Buffer.alloc(0);
  const body = (await vault.read(id, DAY, 'body')) ?? Buffer.alloc(0);
  const message = await readMessage({ binaryMessage: Uint8Array.from(Buffer.concat([header, body])) });
  return decrypt({ message, decryptionKeys: privateKey, format: 'binary' }).then(
    () => true,
    () => false,
  );
}

/** Whom the header in force is for. */
export async function keyIdsOf({ vault }: KeyWorld, id: string): Promise<string[]> {
  return sessionKeyPackets((await vault.read(id, DAY, 'header')) ?? Buffer.alloc(0)).map(
    ({ keyId }) => keyId,
  );
}

/** Id of the encryption key of a key. */
export const encryptionId = async ({ armoredPublic }: MadeKey) =>
  (await (await readKey({ armoredKey: armoredPublic })).getEncryptionKey()).getKeyID().toHex();

/** Rewraps what is left, as the holder of the old key does, and hands it in. */
export async function rewrapAll({ appliance }: KeyWorld, rotation: Rotation, from: MadeKey) {
  const to = await readKey({ armoredKey: rotation.toArmored });
  const headers = [];
  for await (const { id, header } of allHeadersLeft(appliance, rotation))
    headers.push({ id, header: await rewrapHeader(header, from.privateKey, [to]) });
  return takeHeaders(appliance, 'marie', headers, rotation.id);
}

/** Opens the canary of a key and types its code back. */
export async function openCanary({ appliance }: KeyWorld, { privateKey }: MadeKey): Promise<string> {
  const fingerprint = privateKey.getFingerprint();
  const canary = await canaries(appliance.config.state.keys).read(fingerprint);
  const message = await readMessage({ armoredMessage: canary?.message ?? '' });
  const { data } = await decrypt({ message, decryptionKeys: privateKey });
  await confirmCanary(appliance, 'marie', fingerprint, `${data}`);
  return `${data}`;
}

/** The state of the rotation on disk. */
export const rotationOf = ({ appliance }: KeyWorld) => rotations(appliance.config.state.keys).last();

/** In tests the caller owns the keys. */
export const asRoot: AsRoot = (work) => work();
