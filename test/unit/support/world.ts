// What the unit tests share: folders that go away, a clock that is moved by hand, keys and sheets made on the spot.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKey, type KeyOptions, type PrivateKey, readPrivateKey } from 'openpgp';
import type { Test } from 'tap';
import type { Clock } from '../../../src/shared/clock.ts';
import { GreffierError } from '../../../src/shared/errors.ts';

/** Root of the repository. */
export const ROOT = join(import.meta.dirname, '..', '..', '..');

/** A folder of the test's own, short enough for a socket of gpg-agent in it. */
export async function ownFolder(t: Pick<Test, 'teardown'>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'g-'));
  // gpg-agent takes a moment to remove its sockets after it was told to end: hence the retries.
  t.teardown(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** A clock that stands still until it is moved. */
export function handClock(start: string): Clock & { move(ms: number): void } {
  let now = new Date(start).getTime();
  return Object.assign(() => new Date(now), {
    move(ms: number) {
      now += ms;
    },
  });
}

/** Code of the named error that some work ends with; anything else that is thrown is passed on. */
export async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof GreffierError) return error.code;
    throw error;
  }
  return 'nothing was thrown';
}

/** Message of whatever some work ends with. */
export async function messageOf(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
}

export interface MadeKey {
  armoredPublic: string;
  armoredPrivate: string;
  privateKey: PrivateKey;
}

/** Makes a key pair; without options, one as the documentation asks for. */
export async function makeKey(options: Partial<KeyOptions> = {}): Promise<MadeKey> {
  const { privateKey, publicKey } = await generateKey({
    type: 'ecc',
    curve: 'curve25519Legacy',
    userIDs: [{ name: 'Recovery', email: 'recovery@example.org' }],
    ...options,
    format: 'armored',
  } as KeyOptions & { format: 'armored' });
  return {
    armoredPublic: publicKey,
    armoredPrivate: privateKey,
    privateKey: await readPrivateKey({ armoredKey: privateKey }),
  };
}

export const CALL = '3f2b8c1e-5a64-4c0e-9d7a-0123456789ab';

/** A sheet as the dialplan writes it: each fact one second after the one before. */
export function sheetText(...facts: string[]): string {
  return facts
    .map((fact, second) => `2026-11-22T08:15:${String(second).padStart(2, '0')}.123Z ${fact}\n`)
    .join('');
}

/** The facts of a call that is announced, not refused, recorded and answered. */
export const RECORDED_CALL = [
  'arrival direction=inbound did=33123456701 from=33612345678 name= channel=1763799304.7 linked=1763799304.7 rules=line-33123456701 policy=accueil generation=0123456789ab',
  'announcement.start id=accueil-fr-v1 sha256=ab12',
  'announcement.end id=accueil-fr-v1 played=6100',
  'consent choice=not-refused',
  'draw value=1a2b3c4d threshold=40000000 share=25 chosen=yes',
  'ringing',
  'answer extension=201',
  'recording.start size=0 reason=automatic',
  'recording.stop size=64000 reason=end',
  'call.end cause=16',
];

/** The facts of that call, without those of some events. */
export function without(...events: string[]): string[] {
  return RECORDED_CALL.filter((fact) => !events.includes(fact.split(' ')[0] ?? ''));
}

/** The facts of that call, with one in place of another. */
export function instead(event: string, fact: string): string[] {
  return RECORDED_CALL.map((one) => (one.startsWith(event) ? fact : one));
}
