// Recorded calls for each core: the whole product, from the announcement to the row in the index, against bare Asterisk
// that mixes the same calls into a file. The load grows step by step until a recording has a gap or a call fails; what
// each step costs is counted by the services of the box, so that the generator, and whatever else the machine does, is not in it.

import { labInfo } from '../../appliance/lab/info.ts';
import { openLab } from '../../appliance/lab/lab.ts';
import type { Manifest } from '../../src/sealing/manifest.ts';
import type { LabInfo } from '../support/lab.ts';
import { closed, recordingsSince } from '../support/ledger.ts';
import { decoded, decodedOpus, fileInBox, folderOf, opened } from '../support/opened.ts';
import { TONES } from '../support/scene.ts';
import { readWav, type Samples } from '../support/tones.ts';
import { startBareAsterisk } from './bare-asterisk.ts';
import { gapsIn, oneStep, PHONE_PORT, type Step, untilQuiet } from './call-step.ts';
import { alone, type Bench, compared, type Figure, type Row } from './figure.ts';

const LINES = { flac: '+33123456711', opus: '+33123456716' } as const;
const STEPS = [10, 20, 40, 60, 80, 120];
/** A smaller size is one step. */
const CLIMBS_FROM = 40;
const TALK_MS = 60_000;
/** Of each step so many recordings are opened and measured, all of them when there are fewer. */
const OPENED = 10;
const AIMS = { flac: 0.9, opus: 0.7 } as const;

type Measured = Step & { recorded: number; gaps: number };

interface Climb {
  what: string;
  take(count: number): Promise<Measured>;
  /** Calls at once of the last step without a gap. */
  reached: number;
  /** Seconds of processor, by calls at once, of every step in which all calls were recorded. */
  used: Map<number, number>;
  /** Why it ended. */
  cause: string;
  ended: boolean;
}

export const callsPerCore: Figure = {
  id: 'calls-per-core',
  name: 'recorded calls for each core',
  unit: 'calls at once, at most',
  sizes: { small: 5, usual: [120] },
  lab: true,
  async measure(bench) {
    const lab = await labInfo();
    const ours = (encoding: 'flac' | 'opus') =>
      beginning(encoding, (count) => ourStep(lab, LINES[encoding], count));
    const [flac, opus] = [ours('flac'), ours('opus')];
    const bare = beginning('bare Asterisk', (count) => bareStep(lab, count));
    const below = bench.size < CLIMBS_FROM ? [] : STEPS.filter((count) => count < bench.size);
    // In turn: what a call costs on a virtual machine moves by a third from one minute to another, for all of them.
    for (const count of [...below, bench.size])
      for (const climb of [flac, bare, opus]) if (!climb.ended) await climbTo(bench, climb, count);
    return [...rowsOf('flac', flac, bare), ...rowsOf('opus', opus, bare)];
  },
};

const beginning = (what: string, take: Climb['take']): Climb => ({
  what,
  take,
  reached: 0,
  used: new Map(),
  cause: '',
  ended: false,
});

/** Calls for each core over all steps that both took. */
function rowsOf(encoding: 'flac' | 'opus', ours: Climb, bare: Climb): Row[] {
  const steps = [...ours.used.keys()].filter((count) => bare.used.has(count));
  const talked = steps.reduce((sum, count) => sum + (count * TALK_MS) / 1000, 0);
  const perCore = ({ used }: Climb) => talked / steps.reduce((sum, count) => sum + (used.get(count) ?? 0), 0);
  const reached = {
    what: `${encoding}: calls at once without a gap`,
    value: ours.reached,
    unit: 'calls',
    note: `${ours.cause}; MixMonitor ${bare.cause}`,
  };
  return [
    compared(
      {
        what: `${encoding}: calls for each core, ${steps.join(', ')} at once together`,
        value: perCore(ours),
        unit: 'calls',
      },
      'MixMonitor alone',
      perCore(bare),
      { atLeast: AIMS[encoding] },
    ),
    bare.reached > 0 ? compared(reached, 'MixMonitor alone', bare.reached) : alone(reached),
  ];
}

/** Takes one step; the climb ends when a call fails, a recording is missing or has a gap. */
async function climbTo(bench: Bench, climb: Climb, count: number): Promise<void> {
  // On a machine that is too busy a phone may not be there in time: calls that nobody took are no measure of anything.
  const first = await climb.take(count);
  const step = first.recorded < count ? await climb.take(count) : first;
  const talked = (count * TALK_MS) / 1000;
  if (step.recorded === count) climb.used.set(count, step.processor);
  const each = Object.entries(step.processorOf).map(
    ([unit, used]) => `${unit} ${((100 * used) / talked).toFixed(2)} %`,
  );
  const busy = `machine ${Math.round(100 * step.busy)} % busy`;
  const perCore = (talked / step.processor).toFixed(1);
  bench.tell(
    `${climb.what}: ${count} calls, ${perCore} for each core (${each.join(', ')} of one, each), ${step.gaps} gaps, ${busy}`,
  );
  const fault = faultOf(step, count);
  climb.cause = fault ? `stopped at ${count}: ${fault}, ${busy}` : `not stopped by ${count}, ${busy}`;
  climb.ended = fault !== undefined;
  if (!fault) climb.reached = count;
}

function faultOf({ good, complaints, recorded, gaps }: Measured, count: number): string | undefined {
  if (!good) return `a call failed (${complaints.split('\n')[0]?.slice(0, 80)})`;
  if (recorded < count) return `${count - recorded} recordings are missing`;
  return gaps > 0 ? `${gaps} windows without a tone` : undefined;
}

async function ourStep(lab: LabInfo, line: string, count: number): Promise<Measured> {
  const since = new Date();
  const units = ['greffier', 'asterisk'];
  const calls = { count, line, ms: TALK_MS };
  // What asks whether all is listed runs on the box as well, but as no service of it.
  const step = await oneStep(lab, calls, units, true, () => closed(lab, since, 120_000));
  const recorded = await recordingsSince(lab, since);
  let gaps = 0;
  for (const { id } of recorded.slice(0, OPENED)) {
    const { outside, inside } = await openedIn(lab, id);
    gaps += gapsIn(outside, TONES.outside) + gapsIn(inside, TONES['201']);
  }
  return { ...step, recorded: recorded.length, gaps };
}

/** The product makes room for it, and comes back. */
async function bareStep(lab: LabInfo, count: number): Promise<Measured> {
  const bare = await startBareAsterisk(lab, openLab().name, PHONE_PORT);
  try {
    const calls = { count, line: LINES.flac, ms: TALK_MS };
    const step = await oneStep(lab, calls, [bare.unit], false, async () => {});
    const files = await bare.recordings();
    const gaps = files.slice(0, OPENED).map((file) => {
      const [mixed = new Float64Array()] = readWav(file).channels;
      return gapsIn(mixed, TONES.outside) + gapsIn(mixed, TONES['201']);
    });
    return { ...step, recorded: files.length, gaps: gaps.reduce((sum, one) => sum + one, 0) };
  } finally {
    await bare.stop();
    await untilQuiet(lab, 'greffier');
  }
}

/** Both sides of a recording, opened with the private key of the lab. */
async function openedIn(lab: LabInfo, id: string): Promise<{ outside: Samples; inside: Samples }> {
  const folder = await folderOf(lab, id);
  const [manifest, header, body] = await Promise.all(
    ['manifest.json', 'header.pgp', 'body.pgp'].map((part) => fileInBox(lab, `${folder}/${part}`)),
  );
  const audio = await opened(lab, Buffer.concat([header as Buffer, body as Buffer]));
  const { encoding } = (JSON.parse(String(manifest)) as Manifest).audio;
  return encoding === 'opus' ? decodedOpus(audio) : decoded(audio);
}
