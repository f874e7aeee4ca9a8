// Which recordings have a tombstone: the vault's own, and those that a target has and the vault has not, as after a vault
// was brought back from an old copy. Of the latter only those count that this appliance has signed: whoever may write on a
// share must not have living recordings left out of the backup.

import { readdir, readFile } from 'node:fs/promises';
import type { Appliance } from './appliance.ts';
import type { Target } from './backup/target.ts';
import { readIfThere } from './shared/files.ts';
import type { WhyBad } from './signatures.ts';
import { absent } from './vault/days.ts';

export type IsBuried = (id: string, day: Date) => Promise<boolean>;

/** Tells whether a recording has a tombstone. Quick when it is asked day by day: names are read once a month. */
export function gravesOf({ vault }: Pick<Appliance, 'vault'>, target: Target, whyBad: WhyBad): IsBuried {
  let read = '';
  let names = new Set<string>();
  return async (id, day) => {
    if ((await vault.tombstone(id, day)) !== undefined) return true;
    const [year = '', month = ''] = day.toISOString().split('-');
    const folder = target.at('tombstones', year, month);
    if (read !== folder) {
      names = new Set((await readdir(folder).catch(absent)) ?? []);
      read = folder;
    }
    if (!names.has(`${id}.json`)) return false;
    return (
      (await whyNoTombstone(target.at('tombstones', year, month, `${id}.json`), id, whyBad)) === undefined
    );
  };
}

/** Why a file is not the signed tombstone of a recording; undefined when it is. */
export async function whyNoTombstone(path: string, id: string, whyBad: WhyBad): Promise<string | undefined> {
  const bytes = await readFile(path);
  const bad = await whyBad(bytes, (await readIfThere(`${path}.asc`)) ?? '');
  return bad ?? (idIn(bytes) === id ? undefined : 'it is another one’s');
}

function idIn(tombstone: Buffer): string | undefined {
  try {
    return (JSON.parse(tombstone.toString()) as { id?: string } | null)?.id;
  } catch {
    return undefined;
  }
}
