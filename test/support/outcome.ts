// What became of the calls of a scene: the records the box keeps of them and, of those that were recorded, the manifest
// and the sealed audio, opened with the lab's private key.

import { setTimeout as delay } from 'node:timers/promises';
import type { CallRecord } from '../../src/calls/record.ts';
import type { Manifest } from '../../src/sealing/manifest.ts';
import { inBox, type LabInfo } from './lab.ts';
import { decoded, fileInBox, folderOf, opened } from './opened.ts';
import { type Scene, scene, TONES, type Voice } from './scene.ts';
import { type Samples, windowsWith } from './tones.ts';

export interface Outcome {
  record: CallRecord;
  /** Null when the call was not recorded. */
  recording: { manifest: Manifest; outside: Samples; inside: Samples } | null;
}

const RATE = 8_000;
/** A quarter of the tones' amplitude: far above what two codecs leave of another tone. */
const FLOOR = 0.125;

/**
 * Plays a scene and returns what became of its calls, oldest first.
 * @param count how many calls it makes; the wait for their records is the promise that each call is explained
 */
export async function outcome(
  lab: LabInfo,
  play: (scene: Scene) => Promise<void>,
  count = 1,
): Promise<Outcome[]> {
  const known = new Set(await callIds(lab));
  await scene(lab, play);
  const deadline = Date.now() + 20_000;
  for (;;) {
    const fresh = (await callIds(lab)).filter((id) => !known.has(id));
    if (fresh.length >= count) return Promise.all(fresh.reverse().map((id) => outcomeOf(lab, id)));
    if (Date.now() > deadline) throw new Error(`${fresh.length} of ${count} calls are explained`);
    await delay(200);
  }
}

/** The one call of a scene. */
export async function oneOutcome(lab: LabInfo, play: (scene: Scene) => Promise<void>): Promise<Outcome> {
  const all = await outcome(lab, play);
  if (all.length !== 1) throw new Error(`${all.length} calls instead of one`);
  return all[0] as Outcome;
}

async function callIds(lab: LabInfo): Promise<string[]> {
  const listed = await inBox(lab, 'greffier', 'calls', 'list', '--json', '--limit', '100000');
  return (JSON.parse(listed) as { id: string }[]).map(({ id }) => id);
}

/** What became of one call. */
export async function outcomeOf(lab: LabInfo, id: string): Promise<Outcome> {
  const record = JSON.parse(await inBox(lab, 'greffier', 'calls', 'show', id, '--json')) as CallRecord;
  if (!record.recorded) return { record, recording: null };
  const folder = await folderOf(lab, id);
  const [manifest, header, body] = await Promise.all(
    ['manifest.json', 'header.pgp', 'body.pgp'].map((part) => fileInBox(lab, `${folder}/${part}`)),
  );
  const { outside, inside } = await decoded(
    await opened(lab, Buffer.concat([header as Buffer, body as Buffer])),
  );
  return { record, recording: { manifest: JSON.parse(String(manifest)) as Manifest, outside, inside } };
}

/** In which stretches a voice is heard in a channel, [from, to) in ms, gaps of one window closed. */
export function heardFrom(samples: Samples, voice: Voice): [from: number, to: number][] {
  const stretches: [number, number][] = [];
  for (const at of windowsWith(samples, RATE, TONES[voice], FLOOR)) {
    const last = stretches.at(-1);
    if (last && at - last[1] <= 100) last[1] = at + 100;
    else stretches.push([at, at + 100]);
  }
  return stretches;
}

/** How long a voice is heard in a channel, in ms. */
export function heardMs(samples: Samples, voice: Voice): number {
  return windowsWith(samples, RATE, TONES[voice], FLOOR).length * 100;
}

/** Voices heard in a channel for more than a window or two: who is in it. */
export function voicesIn(samples: Samples): Voice[] {
  return (Object.keys(TONES) as Voice[]).filter((voice) => heardMs(samples, voice) > 200).sort();
}

/** Longest stretch of digital zero, [from, to) in ms. */
export function zeroIn(samples: Samples): [from: number, to: number] {
  let [best, length, start] = [0, 0, 0];
  for (let at = 0; at <= samples.length; at += 1) {
    if (at < samples.length && samples[at] === 0) continue;
    if (at - start > length) [best, length] = [start, at - start];
    start = at + 1;
  }
  return [(best / RATE) * 1000, ((best + length) / RATE) * 1000];
}
