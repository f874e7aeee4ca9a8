// Audio that somebody brings or dictates, in the form Asterisk plays, by the same steps as the playbook's: no rumble
// below what a telephone carries, one level for all, a breath of silence before and after.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { GreffierError } from '../shared/errors.ts';

const RATE = 8_000;
const SHORTEST_SECONDS = 0.5;
const LONGEST_SECONDS = 120;
/** Asterisk ends a dictation at its longest, give or take a packet. */
const GRACE_SECONDS = 0.5;
/** Loudest half second of what is no speech, against full scale (-54 dB): a telephone that is muted, an open line. */
const SILENCE = 0.002;
const FORM = [`--rate=${RATE}`, '--channels=1', '--bits=16', '--encoding=signed-integer'];
const PATIENCE_MS = 60_000;

/**
 * Converts audio (WAV, or whatever else sox knows by its first bytes) to a WAV of 8 kHz, mono, 16 bit.
 * @param name what the audio is called in messages
 * Throws `announcement-unsuitable` when it cannot be read, is shorter than 0.5 s, longer than 120 s, or silent.
 */
export async function convertAnnouncement(audio: Uint8Array, name: string): Promise<Buffer> {
  const workshop = await mkdtemp(join(tmpdir(), 'greffier-announcement-'));
  try {
    // Without an ending, the format is told by the content alone: no ending makes sox open other files.
    const [given, ready] = [join(workshop, 'given'), join(workshop, 'ready.wav')];
    await writeFile(given, audio, { mode: 0o600 });
    const sox = (...words: string[]) => convert(name, ['--temp', workshop, ...words]);
    // A second more than is allowed is enough to know that it is too long.
    const trim = ['trim', '0', String(LONGEST_SECONDS + 1)];
    checkSound(await sox(given, ...FORM, '--type=raw', '-', ...trim, 'highpass', '200'), name);
    await sox(given, ...FORM, ready, 'highpass', '200', 'norm', '-3', 'pad', '0.4', '0.4');
    return await readFile(ready);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

/** Runs sox: always the same result for the same audio, and without noise of its own. */
async function convert(name: string, words: string[]): Promise<Buffer> {
  const { failed, stdout, stderr, shortMessage } = await execa('sox', ['-R', '-D', ...words], {
    encoding: 'buffer',
    // The last sample may look like a newline.
    stripFinalNewline: false,
    reject: false,
    timeout: PATIENCE_MS,
  });
  if (!failed) return Buffer.from(stdout);
  // Paths of ours say nothing to whoever brought the file.
  const said = /FAIL \w+: (.*)/.exec(Buffer.from(stderr).toString())?.[1]?.replace(/ `[^']*'/g, '');
  throw unsuitable(`${name} cannot be read as audio: ${said ?? shortMessage}`, 'give a WAV file');
}

function checkSound(samples: Buffer, name: string): void {
  const seconds = samples.length / 2 / RATE;
  const hint = `an announcement lasts ${SHORTEST_SECONDS} to ${LONGEST_SECONDS} seconds`;
  if (seconds < SHORTEST_SECONDS) throw unsuitable(`${name} lasts ${seconds.toFixed(1)} s only`, hint);
  if (seconds > LONGEST_SECONDS + GRACE_SECONDS)
    throw unsuitable(`${name} lasts longer than ${LONGEST_SECONDS} s`, hint);
  const loudest = loudestPart(samples);
  if (loudest >= SILENCE) return;
  const level = loudest > 0 ? `${(20 * Math.log10(loudest)).toFixed(0)} dB` : 'digital zero';
  throw unsuitable(`${name} is silent (${level})`, 'look at the microphone and record it again');
}

/** Root mean square of the loudest half second, against full scale. */
function loudestPart(samples: Buffer): number {
  const size = RATE * SHORTEST_SECONDS;
  let loudest = 0;
  for (let from = 0; (from + size) * 2 <= samples.length; from += size) {
    let sum = 0;
    for (let i = from; i < from + size; i += 1) sum += samples.readInt16LE(i * 2) ** 2;
    loudest = Math.max(loudest, Math.sqrt(sum / size) / 32_768);
  }
  return loudest;
}

function unsuitable(message: string, hint: string): GreffierError {
  return new GreffierError('announcement-unsuitable', message, { hint, status: 400 });
}
