// SIPp: many calls at once, and phones that misbehave on purpose. Each scenario stands in test/support/sipp/.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { LabInfo } from './lab.ts';
import { localAddress } from './local-address.ts';
import { alaw, type Sound } from './voices.ts';

const SCENARIOS = join(import.meta.dirname, 'sipp');

export interface SippOptions {
  scenario:
    | 'caller'
    | 'informs'
    | 'gives-up'
    | 'is-left'
    | 'phone'
    | 'early'
    | 'refuses'
    | 'rings'
    | 'register';
  /** UDP port of its SIP. */
  port: number;
  /** What it says, over and over; and before it answers (scenario early). */
  voice?: Sound[];
  early?: Sound[];
  /** One line for each call: what stands in the scenario as [field0], [field1], … */
  rows?: (string | number)[][];
  /** How many calls at once, and how many may begin within a second. */
  atOnce?: number;
  perSecond?: number;
  /** Words that the scenario leaves open. */
  words?: Record<string, string>;
}

export interface Sipp {
  /** Resolves at its end to whether every call went as the scenario says, and to what it complained of. */
  ended: Promise<{ good: boolean; complaints: string }>;
  /** Ends it at once, with its calls. */
  stop(): Promise<void>;
}

/** Starts SIPp against the lab. With rows it places one call for each and ends; without, it answers until stopped. */
export async function startSipp(lab: LabInfo, options: SippOptions): Promise<Sipp> {
  const folder = await mkdtemp(join(tmpdir(), 'sipp-'));
  const server = `${lab.trunk.host}:${lab.trunk.port}`;
  const { scenario, port, rows, words = {}, voice = [{ hertz: 1004, ms: 4_000 }], early = voice } = options;
  await writeFile(join(folder, 'voice.alaw'), alaw(voice));
  await writeFile(join(folder, 'early.alaw'), alaw(early));
  const calls = rows ? await callsOf(folder, rows, options) : [];
  const address = await localAddress(server);
  const program = execa(
    'chrt',
    [
      // Voice in real time, as with the phones (phone.ts).
      ...['--rr', '1', 'sipp', server],
      ...['-sf', join(SCENARIOS, `${scenario}.xml`), '-t', 'u1', '-nostdin', '-aa', '-trace_err'],
      ...['-error_file', join(folder, 'errors.log'), '-i', address, '-mi', address, '-bind_local'],
      ...['-p', String(port), '-mp', String(30_000 + (port % 1000) * 20)],
      ...Object.entries(words).flatMap(([word, value]) => ['-key', word, value]),
      ...calls,
    ],
    { cwd: folder, reject: false, all: true, stdin: 'ignore', env: { TERM: 'dumb' } },
  );
  const ended = program.then(async ({ exitCode, all }) => {
    const complaints = await readFile(join(folder, 'errors.log'), 'utf8').catch(() => '');
    await rm(folder, { recursive: true, force: true });
    return {
      good: exitCode === 0,
      complaints: (complaints || (exitCode === 0 ? '' : all.slice(-600))).slice(0, 600),
    };
  });
  return {
    ended,
    async stop() {
      program.kill('SIGKILL');
      await ended;
    },
  };
}

async function callsOf(
  folder: string,
  rows: (string | number)[][],
  { atOnce = 10, perSecond = 5 }: SippOptions,
) {
  const file = join(folder, 'rows.csv');
  await writeFile(file, ['SEQUENTIAL', ...rows.map((row) => row.join(';')), ''].join('\n'), { mode: 0o600 });
  return ['-inf', file, '-m', String(rows.length), '-l', String(atOnce), '-r', String(perSecond)];
}

/** A phone of the lab made of SIPp: registered, answering as its scenario says, until it is stopped. */
export async function sippPhone(
  lab: LabInfo,
  extension: string,
  options: SippOptions,
): Promise<Sipp & { vanish(): Promise<void> }> {
  const found = lab.extensions.find(({ number }) => number === extension);
  if (!found) throw new Error(`the lab has no extension ${extension}`);
  // A phone is rung at the port that it registered from, so both take turns on it.
  const register = async (expires: number) => {
    const rows = [[found.user, `[authentication username=${found.user} password=${found.password}]`]];
    const words = { expires: String(expires) };
    const { ended } = await startSipp(lab, { scenario: 'register', port: options.port, rows, words });
    const { good, complaints } = await ended;
    if (!good) throw new Error(`extension ${extension} was refused: ${complaints}`);
  };
  await register(3_600);
  const phone = await startSipp(lab, options);
  return {
    ended: phone.ended,
    // Without a word to the box, which may be gone itself.
    vanish: phone.stop,
    async stop() {
      await phone.stop();
      await register(0);
    },
  };
}
