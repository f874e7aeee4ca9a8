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
import { gapsIn, oneStep, PHONE_PORT, type Step } from './call-step.ts';
import { alone, type Bench, compared, type Figure, type Row } from './figure.ts';

const LINES = { flac: '+33123456711', opus: '+33123456716' } as const;
const STEPS = [10, 20, 40, 60, 80, 120];
/** A smaller size is one step. */
const CLIMBS_FROM = 40;
const TALK_MS = 60_000;
/** Of each step so many recordings are opened and measured, all of them when there are fewer. */
const OPENED = 10;
const AIMS = { flac: 0.9, opus: 0.7 } as const;

interface Climb {
  /** Calls at once of the last step without a gap. */
  reached: number;
  /** Seconds of talk for each second of processor, by calls at once, of every step that was taken. */
  perCore: Map<number, number>;
  /** Why it ended. */
  cause: string;
}

export const callsPerCore: Figure = {
  id: 'calls-per-core',
  name: 'recorded calls for each core',
  unit: 'calls at once, at most',
  sizes: { small: 5, usual: [40] },
  lab: true,
  async measure(bench) {
    const lab = await labInfo();
    const ours = {
      flac: await climb(bench, 'flac', (count) => ourStep(lab, LINES.flac, count)),
      opus: await climb(bench, 'opus', (count) => ourStep(lab, LINES.opus, count)),
    };
    const bare = await startBareAsterisk(lab, openLab().name, PHONE_PORT);
    let theirs: Climb;
    try {
      theirs = await climb(bench, 'bare Asterisk', async (count) => {
        const before = (await bare.recordings()).length;
        const calls = { count, line: LINES.flac, ms: TALK_MS };
        const step = await oneStep(lab, calls, [bare.unit], false, async () => {});
        const files = (await bare.recordings()).slice(before);
        const gaps = files.slice(0, OPENED).map((file) => {
          const [mixed = new Float64Array()] = readWav(file).channels;
          return gapsIn(mixed, TONES.outside) + gapsIn(mixed, TONES['201']);
        });
        return { ...step, recorded: files.length, gaps: gaps.reduce((sum, one) => sum + one, 0) };
      });
    } finally {
      await bare.stop();
    }
    return [...rowsOf('flac', ours.flac, theirs), ...rowsOf('opus', ours.opus, theirs)];
  },
};

/** Compared is the largest step that both took: what a call costs depends on how many there are. */
function rowsOf(encoding: 'flac' | 'opus', ours: Climb, bare: Climb): Row[] {
  const step = Math.max(...[...ours.perCore.keys()].filter((count) => bare.perCore.has(count)));
  const what = `${encoding}: calls at once without a gap`;
  const reached = {
    what,
    value: ours.reached,
    unit: 'calls',
    note: `${ours.cause}; MixMonitor ${bare.cause}`,
  };
  return [
    compared(
      {
        what: `${encoding}: calls for each core, at ${step} at once`,
        value: ours.perCore.get(step) ?? Number.NaN,
        unit: 'calls',
      },
      'MixMonitor alone',
      bare.perCore.get(step) ?? Number.NaN,
      { atLeast: AIMS[encoding] },
    ),
    bare.reached > 0 ? compared(reached, 'MixMonitor alone', bare.reached) : alone(reached),
  ];
}

type Measured = Step & { recorded: number; gaps: number };

/** Takes one step after the other until a call fails, a recording is missing or has a gap, or the size is reached. */
async function climb(bench: Bench, what: string, take: (count: number) => Promise<Measured>): Promise<Climb> {
  const below = bench.size < CLIMBS_FROM ? [] : STEPS.filter((count) => count < bench.size);
  const steps = [...below, bench.size];
  const climb: Climb = { reached: 0, perCore: new Map(), cause: '' };
  for (const count of steps) {
    // On a machine that is too busy a phone may not be there in time: calls that nobody took are no measure of anything.
    const first = await take(count);
    const step = first.recorded < count ? await take(count) : first;
    const perCore = (count * TALK_MS) / 1000 / step.processor;
    if (step.recorded === count) climb.perCore.set(count, perCore);
    const each = Object.entries(step.processorOf).map(([unit, used]) => {
      const share = (100_000 * used) / (count * TALK_MS);
      return `${unit} ${share.toFixed(2)} %`;
    });
    const busy = `machine ${Math.round(100 * step.busy)} % busy`;
    bench.tell(
      `${what}: ${count} calls, ${perCore.toFixed(1)} for each core (${each.join(', ')} of one, each), ${step.gaps} gaps, ${busy}`,
    );
    const fault = faultOf(step, count);
    climb.cause = fault ? `stopped at ${count}: ${fault}, ${busy}` : `not stopped by ${count}, ${busy}`;
    if (fault) return climb;
    climb.reached = count;
  }
  return climb;
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
