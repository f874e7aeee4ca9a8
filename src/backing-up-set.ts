// What goes into a set: the header of every living recording, the holds, the records of calls, and the sealed state.

import { join } from 'node:path';
import type { Appliance } from './appliance.ts';
import type { BackedUp, BackupReport, Run } from './backing-up.ts';
import { entriesBelow, filesBelow } from './backup/mirror.ts';
import { registerIn } from './backup/register.ts';
import { type BackupSet, beginSet, destroySets, type SetStatement } from './backup/sets.ts';
import { STATE_FILE, sealedState } from './backup/state.ts';
import { type TarEntry, tarOf } from './backup/tar.ts';
import type { Target } from './backup/target.ts';
import { recipientsOf } from './keys/recipients.ts';
import { canonicalBytes } from './shared/canonical.ts';
import { reasonOf } from './shared/errors.ts';
import { dayParts } from './vault/days.ts';

type Parts = Pick<Run, keyof BackedUp | 'target' | 'isBuried' | 'report'>;

/** A header that a rotation keeps is needed to go on with it, or back. Before the header itself: so who reads is done then. */
const HEADERS = [
  ['previous', 'header.previous.pgp'],
  ['header', 'header.pgp'],
] as const;

/** Writes a whole set. Returns its moment. A state that cannot be sealed is left out, and reported. */
export async function backUpSet(parts: Parts, reached: (step: string) => void): Promise<Date> {
  const { signer, clock, config, target, report } = parts;
  const at = clock();
  const set = await beginSet(target, at);
  const tombstones = await countTombstones(target);
  reached('headers');
  await set.add('headers.tar', tarOf(headers(parts), at));
  reached('holds');
  await set.add('holds.tar', tarOf(counted(entriesBelow(config.state.vault, 'holds'), report, 'holds'), at));
  reached('calls');
  await set.add('calls.tar', tarOf(counted(calls(parts), report, 'calls'), at));
  reached('state');
  await set.add(STATE_FILE, sealedState(await stateWish(parts))).catch((error) => {
    report.faults.push(`the state is not in the set: ${reasonOf(error)}`);
  });
  const statement: SetStatement = {
    format: 'greffier-backup-set-1',
    at: at.toISOString(),
    headers: report.headers,
    holds: report.holds,
    calls: report.calls,
    tombstones,
    files: set.files(),
    signedBy: signer.fingerprint,
  };
  const bytes = canonicalBytes(statement);
  const signature = await signer.sign(bytes);
  reached('finish');
  await set.finish(bytes, signature);
  report.set = set.name;
  return at;
}

/** Destroys sets. The audit log says of each that it goes: with its time, that is when headers were gone from a backup. */
export async function destroyWithTrace(
  { audit }: Pick<Appliance, 'audit'>,
  target: Target,
  sets: BackupSet[],
): Promise<string[]> {
  const names = sets.map(({ name }) => name);
  await audit.writeAll(
    names.map((name) => ({
      actor: 'system',
      action: 'backup-set-destroyed',
      subject: target.id,
      reason: `set ${name}`,
    })),
  );
  await destroySets(target, sets);
  return names;
}

/** How many tombstones a target has. */
export async function countTombstones(target: Target): Promise<number> {
  let count = 0;
  for await (const path of filesBelow(target.folder, 'tombstones')) if (path.endsWith('.json')) count += 1;
  return count;
}

async function* headers({ vault, isBuried, report }: Parts): AsyncGenerator<TarEntry> {
  for await (const { id, day } of vault.recordings()) {
    const found = await Promise.all(
      HEADERS.map(async ([part, name]) => ({ name, content: await vault.read(id, day, part) })),
    );
    // Asked after they were read: one that is destroyed at this moment stays in no set that is made from now on.
    if (!found.at(-1)?.content || (await isBuried(id, day))) continue;
    report.headers += 1;
    for (const { name, content } of found)
      if (content) yield { name: [...dayParts(day), id, name].join('/'), content };
  }
}

async function* calls({ vault }: Parts): AsyncGenerator<TarEntry> {
  for await (const { id, day } of vault.calls.ids()) {
    const text = await vault.calls.read(id, day);
    if (text !== undefined)
      yield { name: ['calls', ...dayParts(day), `${id}.json`].join('/'), content: Buffer.from(text) };
  }
}

async function* counted(
  entries: AsyncIterable<TarEntry>,
  report: BackupReport,
  what: 'holds' | 'calls',
): AsyncGenerator<TarEntry> {
  for await (const entry of entries) {
    report[what] += 1;
    yield entry;
  }
}

/**
 * The whole state but what is backed up apart, what is made again by itself, and the sessions, which end. Nor a target that
 * lies in it: the state would keep the headers of every set on it.
 */
async function stateWish({ config, clock }: Pick<Appliance, 'config' | 'clock'>) {
  const { paths, state } = config;
  const { keys } = await recipientsOf(paths, undefined, clock());
  const targets = (await registerIn(state.backups).all()).map(({ folder }) => folder);
  const made = [
    state.vault,
    state.vaultId,
    state.catalogue,
    state.checks,
    join(state.access, 'sessions.db*'),
  ];
  return {
    paths: [paths.state, paths.recoveryKeys, paths.recipients, paths.hmacKey],
    without: [...made, ...targets],
    recipients: keys.map(({ armored }) => armored),
  };
}
