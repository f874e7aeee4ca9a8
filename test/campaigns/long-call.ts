// A call of hours. Time is compressed at its source alone: the capture grows as fast as the sealing takes it, and all
// that is behind it is what seals real calls. Memory stays flat, and what is left to do at the end does not depend on
// how long the call was.

import { createHash } from 'node:crypto';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { parseEnds } from '../../src/sealing/ends.ts';
import { until } from '../support/until.ts';
import { startDaemon } from '../unit/support/daemon.ts';
import { openPath, type Path, spooled } from '../unit/support/path.ts';
import { noise } from '../unit/support/recording.ts';
import { CALL, type MadeKey, makeKey, without } from '../unit/support/world.ts';
import type { Campaign } from './campaign.ts';

const SECOND_BYTES = 32_000;
const BLOCK_SECONDS = 60;
/** How far the source is ahead of the sealing at most. */
const AHEAD_SECONDS = 180;
const GROWTH_BYTES = 40 << 20;
const LEFT_MS = 2_000;

export const longCall: Campaign = {
  id: 'long-call',
  name: 'a call of hours takes no more memory than a short one, and is sealed two seconds after its end',
  unit: 'seconds',
  sizes: { small: [600], full: [14_400] },
  async run(t, _lab, size, tell) {
    const key = await makeKey();
    const ends: (() => unknown)[] = [];
    const path = await openPath({ teardown: (end) => void ends.unshift(end as () => unknown) }, key);
    const block = noise(BLOCK_SECONDS * 8_000);
    const [spoken, began] = [createHash('sha256'), Date.now() - size * 1000];
    const daemon = startDaemon(path.root, key, { patienceMs: 0 });
    try {
      await writeSheetOf(path, began, 0);
      const memory: number[] = [];
      for (let seconds = BLOCK_SECONDS; seconds <= size; seconds += BLOCK_SECONDS) {
        await appendFile(path.spool.audioPath(CALL), block);
        spoken.update(block);
        await until(
          'the sealing keeps up',
          async () => (await sealedSeconds(path)) > seconds - AHEAD_SECONDS,
          60_000,
        );
        memory.push(await memoryOf(daemon.pid ?? 0));
        if (seconds % 3_600 === 0) tell(`${seconds / 3_600} h, ${Math.round((memory.at(-1) ?? 0) / 1e6)} MB`);
      }
      await until(
        'the sealing has come to the end',
        async () => (await sealedSeconds(path)) > size - 4,
        60_000,
      );
      await writeSheetOf(path, began, size);
      const hungUp = performance.now();
      await until('it is sealed and listed', async () => (await spooled(path)).length === 0, LEFT_MS);
      const leftMs = Math.round(performance.now() - hungUp);
      const early = Math.max(...memory.slice(0, Math.max(3, Math.floor(memory.length / 10))));
      const grown = Math.max(...memory) - early;
      t.ok(grown < GROWTH_BYTES, `memory grew by ${Math.round(grown / 1e6)} MB after the first tenth`);
      t.equal(await samplesSha256(path, key), spoken.digest('hex'), 'every sample is there');
      return `sealed ${leftMs} ms after its end, ${Math.round(Math.max(...memory) / 1e6)} MB at most, ${Math.round(grown / 1e6)} MB grown`;
    } finally {
      daemon.kill('SIGKILL');
      await daemon;
      for (const end of ends) await end();
    }
  },
};

/** The sheet of a call that was answered at that moment, and that has ended after so many seconds if any are given. */
async function writeSheetOf({ spool }: Path, began: number, seconds: number): Promise<void> {
  const at = (ms: number, fact: string) => `${new Date(began + ms).toISOString()} ${fact}\n`;
  const facts = without('recording.stop', 'call.end').map((fact, index, all) => at(index - all.length, fact));
  const end = [`recording.stop size=${seconds * SECOND_BYTES} reason=end`, 'call.end cause=16'];
  const ends = seconds ? end.map((fact) => at(seconds * 1000, fact)) : [];
  await writeFile(spool.sheetPath(CALL), [...facts, ...ends].join(''));
}

async function sealedSeconds({ vault }: Path): Promise<number> {
  const text = await readFile(join(vault.arriving.folder(CALL), 'ends'), 'utf8').catch(() => '');
  return (parseEnds(text)[0]?.frames ?? 0) / 8_000;
}

/** Resident memory of a process, in bytes. */
async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

/** Opened with gpg and decoded, as its owner would; a stream, since it may be half a gigabyte. */
async function samplesSha256({ root, vault, catalogue }: Path, key: MadeKey): Promise<string> {
  const day = new Date(catalogue.recording(CALL)?.day ?? 0);
  const [header, message] = [await vault.read(CALL, day, 'header'), join(root, 'message.pgp')];
  await writeFile(message, header ?? '');
  for await (const chunk of vault.stream(CALL, day, 'body')) await appendFile(message, chunk);
  await writeFile(join(root, 'key.asc'), key.armoredPrivate);
  const script = `export GNUPGHOME=$(mktemp -d); gpg --batch --quiet --import "$2" 2>/dev/null
    gpg --batch --quiet --decrypt "$1" 2>/dev/null |
      flac --silent --decode --stdout --force-raw-format --endian=little --sign=signed - | sha256sum | cut -d' ' -f1
    gpgconf --kill all; rm -rf "$GNUPGHOME"`;
  const { stdout } = await execa('sh', ['-c', script, 'sh', message, join(root, 'key.asc')]);
  return stdout.trim();
}
