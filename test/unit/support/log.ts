// An audit log of some dozens of entries, with an erased one and one that a power cut tore, and a witness who remembers.

import { appendFile, cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Test } from 'tap';
import { openAudit } from '../../../src/audit/journal.ts';
import { readLog } from '../../../src/audit/read-log.ts';
import { type Finding, verifyLog } from '../../../src/audit/verify.ts';
import { makeSigningKey, openSigner, type Signer } from '../../../src/keys/signing.ts';
import { verifier } from '../../../src/signatures.ts';
import { handClock, ownFolder } from './world.ts';

export type Log = Awaited<ReturnType<typeof openLog>>;

/** Opens a log with a signing key, in a folder of the test's own. */
export async function openLog(t: Test, start = '2026-11-22T08:00:00Z') {
  const root = await ownFolder(t);
  const clock = handClock(start);
  await makeSigningKey(join(root, 'keys'), 'Démonstration');
  const signer: Signer = await openSigner(join(root, 'keys'));
  const folder = join(root, 'audit');
  const open = () => openAudit(folder, clock, { origin: 'Démonstration', sign: signer.sign });
  await writeFile(join(root, 'appliance.asc'), signer.publicKey);
  return { root, folder, clock, signer, open, audit: await open() };
}

/** Fills it: thirty days of a small company, an erasure, a power cut in the middle of a line. */
export async function fill({ audit, clock, folder }: Log, days = 30): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    await audit.write({ actor: 'marie', action: 'log-in', from: '192.0.2.7' });
    await audit.write({
      actor: 'marie',
      action: 'play',
      recording: `r${day}`,
      code: 'complaint',
      reason: 'a check',
    });
    if (day === 10)
      await appendFile(join(folder, 'log'), '{"action":"play","at":"2026-12-02T08:00:00.000Z","payl');
    if (day === 20) await audit.erase(5, { actor: 'dpo', reason: 'names a caller' });
    clock.move(86_400_000);
  }
  await audit.checkpoint();
}

/** What a stranger finds who has the folder, the public key, and what the witness remembers. */
export async function findingsIn(
  folder: string,
  { signer }: Pick<Log, 'signer'>,
  witnessed: { name: string; text: string; signature: string }[],
): Promise<Finding[]> {
  const log = await readLog(folder);
  const { findings } = await verifyLog({
    ...log,
    checkpoints: [...log.checkpoints, ...witnessed],
    whyBad: await verifier(signer.publicKey),
  });
  return findings;
}

/** A copy of the log, to be tampered with. */
export async function copyOf(t: Test, { folder }: Pick<Log, 'folder'>): Promise<string> {
  const to = join(await ownFolder(t), 'audit');
  await cp(folder, to, { recursive: true });
  return to;
}

export const linesOf = async (folder: string) =>
  (await readFile(join(folder, 'log'), 'latin1')).split('\n').slice(0, -1);

export const putLines = (folder: string, lines: string[]) =>
  writeFile(join(folder, 'log'), lines.map((line) => `${line}\n`).join(''), 'latin1');
