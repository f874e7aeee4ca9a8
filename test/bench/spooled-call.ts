// A call as the dialplan leaves it to the daemon: a sheet that grows by a line at a time, and clear audio that grows
// beside it. What the daemon does with it is what it does with calls of Asterisk.

import { randomUUID } from 'node:crypto';
import { appendFile, readFile } from 'node:fs/promises';
import { parseEnds } from '../../src/sealing/ends.ts';
import { openSpool } from '../../src/spool/spool.ts';
import { without } from '../unit/support/world.ts';
import type { DaemonSite } from './daemon-site.ts';
import { SECOND_BYTES } from './speech.ts';

export type SpooledCall = Awaited<ReturnType<typeof beginCall>>;

/** A call that is being recorded from now on. */
export async function beginCall({ at }: DaemonSite) {
  const id = randomUUID() as string;
  const spool = openSpool(at('spool'));
  let bytes = 0;
  const say = async (...facts: string[]) => {
    const now = new Date().toISOString();
    await appendFile(spool.sheetPath(id), facts.map((fact) => `${now} ${fact}\n`).join(''));
  };
  await appendFile(spool.audioPath(id), '');
  const facts = without('recording.stop', 'call.end').map((fact) =>
    fact.replace('policy=accueil', 'policy=quality'),
  );
  await say(...facts);
  return {
    id,
    async capture(audio: Buffer): Promise<void> {
      await appendFile(spool.audioPath(id), audio);
      bytes += audio.length;
    },
    async hangUp(): Promise<void> {
      await say(`recording.stop size=${bytes} reason=end`, 'call.end cause=16');
    },
    /** How far the sealing has come. */
    async sealedSeconds(): Promise<number> {
      const text = await readFile(at('state', 'vault', 'incoming', id, 'ends'), 'utf8').catch(() => '');
      return (parseEnds(text)[0]?.frames ?? 0) / 8_000;
    },
    capturedSeconds: () => bytes / SECOND_BYTES,
  };
}
