// Recorded calls for each core: the whole product, from the announcement to the row in the index, against bare Asterisk
// that mixes the same calls into a file. The load grows step by step until a recording has a gap or a call fails; what
// each step costs is counted by the services of the box, so that the generator, and whatever else the machine does, is not in it.

import { labInfo } from '../../appliance/lab/info.ts';
import { inBox, type LabInfo } from '../support/lab.ts';
import { closed, recordingsSince } from '../support/ledger.ts';
import { outcomeOf } from '../support/outcome.ts';
import { TONES } from '../support/scene.ts';
import { readWav } from '../support/tones.ts';
import { startBareAsterisk } from './bare-asterisk.ts';
import { gapsIn, oneStep, PHONE_PORT, type Step } from './call-step.ts';
import { alone, type Bench, compared, type Figure, type Row } from './figure.ts';

const LINES = { flac: '+33123456711', opus: '+33123456716' } as const;
const STEPS = [5, 10, 20, 40, 80];
const TALK_MS = 60_000;
/** Of each step so many recordings are opened and measured, all of them when there are fewer. */
const OPENED = 10;
const AIMS = { flac: 0.9, opus: 0.7 } as const;

interface Climb {
  /** Calls at once of the last step without a gap; seconds of talk for each second of processor, at that step. */
  reached: number;
  perCore: number;
  cause: string;
}

export const callsPerCore: Figure = {
  id: 'calls-per-core',
  name: 'recorded calls for each core',
  unit: 'calls at once, at most',
  sizes: { small: 5, usual: [40] },
  lab: true,
  async measure(bench) {
    const name = process.env.GREFFIER_LAB ?? 'bench';
    const lab = await labInfo(name);
    const ours = {
      flac: await climb(bench, 'flac', (count) => ourStep(lab, LINES.flac, count)),
      opus: await climb(bench, 'opus', (count) => ourStep(lab, LINES.opus, count)),
    };
    const bare = await startBareAsterisk(lab, name, PHONE_PORT);
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

function rowsOf(encoding: 'flac' | 'opus', ours: Climb, bare: Climb): Row[] {
  return [
    compared(
      { what: `${encoding}: calls for each core`, value: ours.perCore, unit: 'calls', note: ours.cause },
      'MixMonitor alone',
      bare.perCore,
      { atLeast: AIMS[encoding] },
    ),
    alone({
      what: `${encoding}: calls at once without a gap`,
      value: ours.reached,
      unit: 'calls',
      note: ours.cause,
    }),
    compared(
      {
        what: `${encoding}: calls at once without a gap`,
        value: ours.reached,
        unit: 'calls',
        note: bare.cause,
      },
      'MixMonitor alone',
      bare.reached,
    ),
  ];
}

type Measured = Step & { recorded: number; gaps: number };

/** Takes one step after the other until a call fails, a recording is missing or has a gap, or the size is reached. */
async function climb(bench: Bench, what: string, take: (count: number) => Promise<Measured>): Promise<Climb> {
  const steps = [...STEPS.filter((count) => count < bench.size), bench.size];
  let reached: Climb = { reached: 0, perCore: Number.NaN, cause: '' };
  for (const count of steps) {
    const step = await take(count);
    const perCore = (count * TALK_MS) / 1000 / step.processor;
    const busy = `machine ${Math.round(100 * step.busy)} % busy`;
    bench.tell(`${what}: ${count} calls, ${perCore.toFixed(1)} for each core, ${step.gaps} gaps, ${busy}`);
    const fault = faultOf(step, count);
    if (fault)
      return {
        ...reached,
        perCore: reached.reached ? reached.perCore : perCore,
        cause: `stopped at ${count}: ${fault}, ${busy}`,
      };
    reached = { reached: count, perCore, cause: `not stopped: ${count} is the size, ${busy}` };
  }
  return reached;
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
    const { recording } = await outcomeOf(lab, id);
    if (recording) gaps += gapsIn(recording.outside, TONES.outside) + gapsIn(recording.inside, TONES['201']);
  }
  await inBox(lab, 'sync');
  return { ...step, recorded: recorded.length, gaps };
}
