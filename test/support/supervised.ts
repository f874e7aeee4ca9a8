// A call that a supervisor joins: who hears which tone, what is recorded, and what the audit log says of it.

import { readFile } from 'node:fs/promises';
import type { AuditEntry } from '../../src/audit/entry.ts';
import { inBox, type LabInfo } from './lab.ts';
import { heardFrom, heardMs, type Outcome, outcome } from './outcome.ts';
import type { Phone } from './phone.ts';
import type { Scene, Voice } from './scene.ts';
import { readWav, type Samples } from './tones.ts';
import { until } from './until.ts';

/** A line on which supervisors may listen; it rings at 201. */
export const LINE = '+33123456717';
/** Alice is of Carla's team. */
export const AGENT = '201';
export const SUPERVISOR = '203';

export interface People {
  caller: Phone;
  alice: Phone;
  carla: Phone;
}

export interface Supervised extends Outcome {
  /** The supervisor's session, as a call. */
  session: string;
  /** How long each party heard a voice, in ms. */
  heard: Record<keyof People, (voice: Voice) => number>;
  /** What each party heard. */
  ears: Record<keyof People, Samples>;
}

/** A caller is connected with Alice, and Carla is there. */
export async function talking(s: Scene, line = LINE): Promise<People> {
  const [alice, carla, caller] = await Promise.all([
    s.inside(AGENT),
    s.inside(SUPERVISOR),
    s.outside('+33612345678'),
  ]);
  await caller.dial(s.sip(line));
  await alice.until('CALL_ESTABLISHED', 40_000);
  return { caller, alice, carla };
}

/** A caller talks with Alice, and then something happens with Carla. */
export async function supervised(
  lab: LabInfo,
  play: (people: People, s: Scene) => Promise<void>,
  line = LINE,
): Promise<Supervised> {
  const ears = {} as Supervised['ears'];
  const all = await outcome(
    lab,
    async (s) => {
      const people = await talking(s, line);
      const { caller, alice, carla } = people;
      await play(people, s);
      await Promise.all([caller, alice, carla].map((phone) => phone.hangUp().catch(() => {})));
      await until('all calls are over', async () => (await liveCalls(lab)) === 0, 10_000);
      await Promise.all([caller, alice, carla].map((phone) => phone.stop()));
      for (const [name, phone] of Object.entries({ caller, alice, carla }))
        ears[name as keyof People] = await ear(phone);
    },
    2,
  );
  const session = all.find(({ record }) => record.direction === 'internal');
  const call = all.find(({ record }) => record.direction === 'inbound');
  if (!session || !call) throw new Error('one call and one session were expected');
  const heard = Object.fromEntries(
    Object.entries(ears).map(([name, samples]) => [name, (voice: Voice) => heardMs(samples, voice)]),
  ) as Supervised['heard'];
  return { ...call, session: session.record.id, heard, ears };
}

/** Dials a code on the supervisor's phone and gives the reason by key: quality. */
export async function joins(carla: Phone, s: Scene, code: string, reason = '1'): Promise<void> {
  await carla.dial(s.sip(`${code}${AGENT}`));
  await carla.until('CALL_ESTABLISHED');
  if (reason) await carla.press(reason);
}

/** Waits until a session has begun, in that mode. */
export async function begun(lab: LabInfo, mode: string): Promise<void> {
  const sheets = () => inBox(lab, 'sh', '-c', 'cat /var/spool/greffier/*.sheet 2>/dev/null || true');
  let seen = '';
  await until(
    `the session is in mode ${mode}`,
    async () => {
      seen = await sheets();
      return new RegExp(`supervision\\.begin turn=\\d+ mode=${mode}`).test(seen);
    },
    10_000,
    () => seen,
  );
}

/** The entries of the audit log about one session, oldest first. */
export async function toldOf(lab: LabInfo, session: string): Promise<AuditEntry[]> {
  const said = await inBox(lab, 'greffier', 'audit', 'show', '--subject', session, '--json');
  return (JSON.parse(said) as AuditEntry[]).reverse();
}

/** From when on, in ms, a voice is heard. */
export function heardSince(samples: Samples, voice: Voice): number {
  return heardFrom(samples, voice)[0]?.[0] ?? Number.POSITIVE_INFINITY;
}

async function ear(phone: Phone): Promise<Samples> {
  return readWav(await readFile(await phone.heard())).channels[0] as Samples;
}

async function liveCalls(lab: LabInfo): Promise<number> {
  return (JSON.parse(await inBox(lab, 'greffier', 'calls', 'live', '--json')) as unknown[]).length;
}
