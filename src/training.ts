// Training extracts of sealed recordings: which recording may become one, and what is played of it (C20).

import type { Appliance } from './appliance.ts';
import type { ExtractRoutes, Wish } from './extracts/routes.ts';
import type { Extract, NewExtract } from './extracts/store.ts';
import { insistImpersonal } from './playback/reasons.ts';
import { sealedMessage } from './sealed-message.ts';
import { recordingNotFound } from './sealed-recording.ts';
import { isCallId } from './shared/call-id.ts';
import { GreffierError } from './shared/errors.ts';

const PURPOSES = ['training', 'quality'];

/**
 * Checks that a recording may become an extract. Throws `recording-not-found`, `recording-destroyed`, `wrong-purpose`,
 * `bad-range`, `personal-reason` for a title that names somebody by number or address.
 */
export async function prepareExtract({ catalogue }: Appliance, wish: Wish, by: string): Promise<NewExtract> {
  const row = isCallId(wish.recording) ? catalogue.recording(wish.recording) : undefined;
  if (!row) throw recordingNotFound(wish.recording.slice(0, 36));
  if (row.state === 'destroyed')
    throw new GreffierError('recording-destroyed', `recording ${row.id} was destroyed`, { status: 410 });
  if (!PURPOSES.includes(row.purpose))
    throw new GreffierError(
      'wrong-purpose',
      `recording ${row.id} is kept for purpose ${row.purpose}, not for training`,
      {
        status: 409,
      },
    );
  const end = wish.toMs ?? row.milliseconds;
  if (wish.fromMs >= end || end > row.milliseconds)
    throw new GreffierError(
      'bad-range',
      `from ${wish.fromMs} to ${end} ms of ${row.milliseconds} is no part of it`,
      { status: 400 },
    );
  insistImpersonal(wish.title);
  return { ...wish, madeBy: by, expiresAt: row.due_at };
}

/** What the routes need of the appliance. */
export function extractParts(appliance: Appliance): ExtractRoutes {
  return {
    extracts: appliance.extracts,
    audit: (entry) =>
      appliance.audit.write({
        ...entry,
        extensions: appliance.catalogue.recording(entry.recording)?.extension ?? '',
      }),
    prepare: (wish, by) => prepareExtract(appliance, wish, by),
    message: (extract) => messageOf(appliance, extract),
  };
}

async function messageOf({ vault, catalogue }: Appliance, { recording }: Extract) {
  const row = catalogue.recording(recording);
  const day = new Date(row?.day ?? 0);
  const header = row && (await vault.read(recording, day, 'header'));
  if (!row || !header)
    throw new GreffierError('recording-destroyed', 'the recording that it is taken from was destroyed', {
      status: 410,
    });
  return sealedMessage(vault, recording, day, header);
}
