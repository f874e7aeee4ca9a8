// People with personal keys in the form that the browser makes, and group keys wrapped to them.

import { createMessage, decryptKey, encrypt, type PrivateKey, readKey, readPrivateKey } from 'openpgp';
import type { Test } from 'tap';
import type { Role } from '../../../src/access/roles.ts';
import { layOffered } from '../../../src/keyring/offering.ts';
import { openSessionKey, sealSessionKey } from '../../../src/offline/rewrap.ts';
import { headOf } from '../../../src/shared/packets.ts';
import { asRoot, type KeyWorld, openKeyWorld } from './keys.ts';
import { openWeb } from './web.ts';
import { type MadeKey, makeKey as makeOld } from './world.ts';

export const PASSPHRASE = 'quatre chevaux mangent une pomme';
const MADE = new Date('2026-01-01T00:00:00Z');

/** A personal key that was there before the clock of the tests. */
export const personal = (name: string) =>
  makeOld({ date: MADE, userIDs: [{ name }], passphrase: PASSPHRASE });

/** A world with a web server, and everybody with the second factor just given. */
export async function openShared(t: Test) {
  const w = await openKeyWorld(t);
  const web = await openWeb(t, w.appliance, w.root, w.clock);
  /** Somebody with a personal key, handed in through the web. */
  async function holder(user: string, roles: Role[] = ['manager']) {
    const ask = await web.person(user, roles, { steppedUp: true });
    const key = await personal(user);
    const kept = await ask('PUT', '/api/keys/mine', { armored: key.armoredPrivate });
    if (kept.status !== 204) throw new Error(`${user}: ${JSON.stringify(kept.body)}`);
    return { user, ask, key, fingerprint: key.privateKey.getFingerprint() };
  }
  return { w, ...web, holder };
}

export type Holder = Awaited<ReturnType<Awaited<ReturnType<typeof openShared>>['holder']>>;

const publicOf = ({ armoredPublic }: MadeKey) => readKey({ armoredKey: armoredPublic });

/** Root's part. */
export const layAll = (w: KeyWorld) => layOffered(w.appliance, asRoot);

/** The private part of a group's key, in a message to personal keys, in base64. */
export async function wrapTo(team: MadeKey, ...keys: MadeKey[]): Promise<string> {
  const wrapped = (await encrypt({
    message: await createMessage({ text: team.armoredPrivate }),
    encryptionKeys: await Promise.all(keys.map(publicOf)),
    format: 'binary',
  })) as Uint8Array;
  return Buffer.from(wrapped).toString('base64');
}

/** A group key in the form of the browser, and the body that offers it. */
export async function newGroup(holders: Pick<Holder, 'user' | 'key' | 'fingerprint'>[], date = MADE) {
  const team = await makeOld({ date, userIDs: [{ name: 'Équipe' }] });
  const body = {
    armored: team.armoredPublic,
    wrapped: await wrapTo(team, ...holders.map(({ key }) => key)),
    members: holders.map(({ user, fingerprint }) => ({ user, fingerprint })),
  };
  return { team, body, fingerprint: team.privateKey.getFingerprint() };
}

/** A personal key, unlocked. */
export async function unlocked({ key }: Pick<Holder, 'key'>): Promise<PrivateKey> {
  return decryptKey({
    privateKey: await readPrivateKey({ armoredKey: key.armoredPrivate }),
    passphrase: PASSPHRASE,
  });
}

/** The packet that a member makes for somebody else's key. */
export async function packetFor(wrapped: string, member: Pick<Holder, 'key'>, to: MadeKey): Promise<string> {
  const { header } = headOf(Uint8Array.from(Buffer.from(wrapped, 'base64')));
  const sessionKey = await openSessionKey(header, await unlocked(member));
  return Buffer.from(await sealSessionKey(sessionKey, [await publicOf(to)])).toString('base64');
}
