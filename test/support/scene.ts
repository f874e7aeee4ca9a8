// The people of a test: a party outside and phones inside, each with a tone of its own, so that a recording tells who
// is in it. Everything that was started is stopped at the end, whatever happened in between.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LabInfo } from './lab.ts';
import { type Phone, type PhoneOptions, startPhone } from './phone.ts';
import { toneWav } from './tones.ts';

/** Whose tone is which, in Hz. None is a multiple of another, and all pass through a telephone. */
export const TONES = {
  outside: 1004,
  '201': 440,
  '202': 620,
  '203': 780,
  '204': 1300,
  '205': 1520,
  '206': 1840,
  other: 2300,
} as const;

export type Voice = keyof typeof TONES;

export interface Scene {
  server: string;
  /** A party outside that calls in, or that answers what is dialled through the trunk. */
  outside(number: string, options?: Partial<PhoneOptions> & { voice?: Voice }): Promise<Phone>;
  /** A phone of the lab, registered. It answers by itself unless told otherwise. */
  inside(extension: string, options?: Partial<PhoneOptions>): Promise<Phone>;
  /** SIP address of a number on the box. */
  sip(number: string): string;
}

/** Runs a scene and clears it away. */
export async function scene<T>(lab: LabInfo, play: (scene: Scene) => Promise<T>): Promise<T> {
  const tones = await mkdtemp(join(tmpdir(), 'tones-'));
  const server = `${lab.trunk.host}:${lab.trunk.port}`;
  const phones: Phone[] = [];
  let port = 5_100;
  // Written once: a phone that reads a file while it is written anew says "Bad message" and hangs up.
  const voices = new Map<Voice, Promise<string>>();
  const written = async (name: Voice) => {
    const file = join(tones, `${name}.wav`);
    await writeFile(file, toneWav([[TONES[name], 240]]));
    return file;
  };
  const voice = (name: Voice) => {
    const known = voices.get(name) ?? written(name);
    voices.set(name, known);
    return known;
  };
  const start = async (options: PhoneOptions) => {
    const phone = await startPhone(options);
    phones.push(phone);
    return phone;
  };
  const next = () => {
    port += 10;
    return port;
  };
  try {
    return await play({
      server,
      sip: (number) => `sip:${number}@${server}`,
      outside: async (number, { voice: who = 'outside', ...options } = {}) =>
        start({ port: next(), user: number, server, speaks: await voice(who), ...options }),
      async inside(number, options = {}) {
        const found = lab.extensions.find((extension) => extension.number === number);
        if (!found) throw new Error(`the lab has no extension ${number}`);
        const { user, password } = found;
        const speaks = await voice(number as Voice);
        return start({ port: next(), user, password, server, speaks, answers: 'auto', ...options });
      },
    });
  } finally {
    await Promise.all(phones.map((phone) => phone.stop()));
    await Promise.all(phones.map((phone) => phone.forget()));
    await rm(tones, { recursive: true });
  }
}
