// The programs that encode. Their input and their output are pipes: never a file. Of a call that goes on they write each
// frame as they have it: a pipe's usual buffer of 4 KiB would keep back forty seconds of silence.

import { execa } from 'execa';
import { GreffierError } from '../shared/errors.ts';
import { RATE } from '../spool/edit-list.ts';
import type { Encoding } from './framing.ts';

/** What there is they take at once; of what is complete they give much at a time, too. */
const INPUT = '--input=65536';
const [UNBUFFERED, BUFFERED] = ['--output=0', '--output=65536'];

/** -0 is the fastest setting, and lossless all the same. */
const FLAC = [
  'flac',
  '--silent',
  '-0',
  '--force-raw-format',
  '--endian=little',
  '--sign=signed',
  '--channels=2',
];
FLAC.push('--bps=16', `--sample-rate=${RATE}`, '--stdout', '-');

/**
 * 36 kbit/s in narrow band (4004 is OPUS_SET_MAX_BANDWIDTH, 1101 narrow), by the part of the codec that takes the parties as
 * they are (4000 is OPUS_SET_APPLICATION, 2051 restricted low delay): the part that is made for one voice mixes the two,
 * and who said what is lost (appliance/decisions/0014). 14000 is OPE_SET_DECISION_DELAY: it would keep back two seconds.
 */
const OPUS = ['opusenc', '--quiet', '--raw', `--raw-rate=${RATE}`, '--raw-chan=2', '--speech', '--comp=0'];
OPUS.push(
  '--bitrate=36',
  '--set-ctl-int=4004=1101',
  '--set-ctl-int=4000=2051',
  '--set-ctl-int=14000=0',
  '--framesize=60',
  '--max-delay=250',
  '--padding=0',
);
OPUS.push('-', '-');

export type Encoder = ReturnType<typeof startEncoder>;

/**
 * Starts the encoder.
 * @param live whether more is still to come: what it has encoded is not kept back then
 */
export function startEncoder(encoding: Encoding, live: boolean) {
  const buffers = [INPUT, live ? UNBUFFERED : BUFFERED];
  return execa('stdbuf', [...buffers, ...(encoding === 'flac' ? FLAC : OPUS)], {
    stdin: 'pipe',
    encoding: 'buffer',
    buffer: { stdout: false, stderr: true },
    reject: false,
  });
}

/**
 * Gives clear audio to the encoder as fast as it takes it, and then its end; a chunk is done with when the next is asked
 * for. Ends early when the encoder does: how it ended says why. When the audio breaks off, so does the encoder, and what
 * broke it is thrown.
 */
export async function feed({ stdin, kill }: Encoder, audio: AsyncIterable<Buffer>): Promise<void> {
  let gone = false;
  // How it ended is told by its exit code; a pipe that broke says nothing more.
  stdin.on('error', () => {});
  const taken = (chunk: Buffer) =>
    new Promise<void>((resolve) => {
      stdin.write(chunk, (error) => {
        gone ||= Boolean(error);
        resolve();
      });
    });
  try {
    for await (const chunk of audio) {
      await taken(chunk);
      if (gone) return;
    }
    stdin.end();
  } catch (error) {
    kill();
    throw error;
  }
}

/** Waits for the encoder. Throws `sealing-failed` unless it ended well. */
export async function expectGoodEnd(encoder: Encoder): Promise<void> {
  const { exitCode, failed, shortMessage, stderr } = await encoder;
  if (!failed && exitCode === 0) return;
  // Without a code it was never started, or a signal ended it: then there is nothing on its error output.
  const ended = `the encoder ended with ${exitCode}: ${Buffer.from(stderr).toString().trim()}`;
  throw new GreffierError('sealing-failed', exitCode ? ended : `${shortMessage}`);
}
