// An announcement dictated over the phone: a code is shown, somebody dials it and speaks, and what they kept takes the
// way of an uploaded file. The recording lies in RAM until then; no call is recorded, and the vault is not touched.

import { setTimeout as delay } from 'node:timers/promises';
import { type Code, closeCode, openCode, readCodes } from './announcement/codes.ts';
import { checkWording, type Replaced, replaceAnnouncement, type Wording } from './announcements.ts';
import type { Appliance } from './appliance.ts';
import { GreffierError } from './shared/errors.ts';
import { type Dictation, type Kept, openDictation, sweepDictations } from './spool/dictations.ts';

const LOOK_MS = 500;
/** Whoever is speaking when the code expires, or hears what they have said, is waited for: 120 s and the prompts. */
const UNDER_WAY_MS = 180_000;

export interface Teller {
  /** What to dial, and until when. */
  code(code: Code): void;
  /** What has happened meanwhile. */
  progress(state: 'spoken' | 'kept'): void;
}

/**
 * Waits for an announcement to be dictated, and puts it in force as `replaceAnnouncement` does. Throws what that
 * throws, `dictation-expired`, `dictation-cancelled` when the signal is given, and `no-spool`. Code and recordings go
 * whatever happens.
 * @param minutes how long the code holds
 */
export async function dictate(
  appliance: Appliance,
  wording: Wording,
  minutes: number,
  actor: string,
  teller: Teller,
  signal: AbortSignal,
): Promise<Replaced> {
  const { config, clock } = appliance;
  const { policies } = config.state;
  // What cannot be taken is refused before anybody has spoken.
  checkWording(appliance, wording);
  const live = (await readCodes(policies)).filter(({ until }) => until > clock()).map(({ id }) => id);
  await sweepDictations(config.paths.spool, live, clock());
  const code = await openCode(policies, new Date(clock().getTime() + minutes * 60_000), clock());
  const dictation = openDictation(config.paths.spool, code.id);
  try {
    teller.code(code);
    const kept = await waitFor(dictation, code, appliance, teller, signal);
    await closeCode(policies, code);
    const sound = {
      audio: await dictation.audio(kept),
      name: `what extension ${kept.extension} has dictated`,
      how: `dictated on extension ${kept.extension} in call ${kept.call}`,
    };
    return await replaceAnnouncement(appliance, wording, sound, actor);
  } finally {
    await closeCode(policies, code);
    await dictation.clear();
  }
}

async function waitFor(
  dictation: Dictation,
  { until }: Code,
  { clock }: Appliance,
  { progress }: Teller,
  signal: AbortSignal,
): Promise<Kept> {
  let spoken = false;
  for (;;) {
    if (signal.aborted) throw new GreffierError('dictation-cancelled', 'cancelled: nothing has changed');
    const kept = await dictation.kept();
    if (kept) {
      progress('kept');
      return kept;
    }
    const recordedAt = await dictation.recordedAt();
    if (recordedAt && !spoken) progress('spoken');
    spoken = recordedAt !== undefined;
    const now = clock().getTime();
    if (now > until.getTime() && now - (recordedAt?.getTime() ?? 0) > UNDER_WAY_MS) throw expired(until);
    await delay(LOOK_MS, undefined, { signal }).catch(() => {});
  }
}

function expired(until: Date): GreffierError {
  return new GreffierError('dictation-expired', `nobody has dictated anything until ${until.toISOString()}`, {
    hint: 'run the command again: it shows a new code',
  });
}
