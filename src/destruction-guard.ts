// The last question before anything is destroyed, asked of the files and not of the index: may this recording go? Every
// path to a destruction leads through here (C24, C26).

import type { Appliance } from './appliance.ts';
import { LOCKED_PURPOSES } from './policies/rules/lawful.ts';
import type { DueRecording } from './purge/sweep.ts';
import { readManifest } from './sealing/manifest.ts';
import { GreffierError } from './shared/errors.ts';

/**
 * Returns when the recording may be destroyed at that moment.
 * Throws `recording-held` while a legal hold lasts (C24), `recording-locked` when its law forbids to destroy it before
 * its day (C26), `holds-unreadable`, and `vault-missing`.
 */
export async function insistMayGo(
  { vault, holds, catalogue }: Pick<Appliance, 'vault' | 'holds' | 'catalogue'>,
  { id, day }: DueRecording,
  at: Date,
): Promise<void> {
  if (!(await vault.present()))
    throw new GreffierError('vault-missing', 'the vault is not there: nobody can tell what is held', {
      status: 503,
    });
  const until = (await holds.until(id, at)) ?? stillHeld(catalogue.recording(id)?.held_until, at);
  if (until !== null)
    throw new GreffierError('recording-held', `recording ${id} is held until ${until}`, {
      hint: 'greffier holds list says why; two people release it',
      status: 409,
    });
  const bytes = await vault.read(id, day, 'manifest');
  const row = catalogue.recording(id);
  // Without its manifest the index is all there is; it is no reason to let it go.
  const { purpose, dueAt } = bytes
    ? readManifest(bytes)
    : { purpose: row?.purpose ?? '', dueAt: row?.due_at ?? '' };
  if (LOCKED_PURPOSES.includes(purpose) && at.toISOString() < dueAt)
    throw new GreffierError(
      'recording-locked',
      `recording ${id} must be kept until ${dueAt} (purpose ${purpose}, C26)`,
      {
        hint: 'the law leaves nobody the choice',
        status: 409,
      },
    );
}

/** What the index remembers counts too: that a hold's files are gone, or were cut short, is no release. */
function stillHeld(until: string | null | undefined, at: Date): string | null {
  return until && until > at.toISOString() ? until : null;
}

/** Whether a destruction did not take place because it must not: that is no failure. */
export function isKept(error: unknown): boolean {
  const code = error instanceof GreffierError ? error.code : '';
  return code === 'recording-held' || code === 'recording-locked';
}
