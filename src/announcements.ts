// Announcements replaced: the new version's audio is on disk before the settings name it, so that whatever ends this in
// between leaves every line with the announcement it had.

import { createHash } from 'node:crypto';
import { convertAnnouncement } from './announcement/convert.ts';
import { measureAnnouncement } from './announcement/measure.ts';
import { install, placeOf, withdraw } from './announcement/store.ts';
import type { Appliance } from './appliance.ts';
import { type Applied, type Applying, applySettings, planSettings } from './apply.ts';
import { nextVersions, playersOf, siblingsOf, type Version, withVersion } from './policies/new-version.ts';
import type { Announcement, Settings } from './policies/schema.ts';
import { GreffierError, reasonOf } from './shared/errors.ts';
import { whileLocked } from './shared/lock.ts';

const PATIENCE_SECONDS = 10;

export interface Wording {
  /** The announcement that is replaced. */
  id: string;
  text: string;
  /** Id of the new version; left out, the next one: accueil-fr-v2 after accueil-fr-v1. */
  as?: string | undefined;
}

export interface Sound {
  audio: Uint8Array;
  /** What the audio is called in messages. */
  name: string;
  /** Where it came from, for the audit log. */
  how: string;
}

export interface Replaced extends Applied {
  id: string;
  replaces: string;
  sha256: string;
  milliseconds: number;
}

export interface Listed extends Announcement {
  seconds: number | null;
  sha256: string | null;
  /** What plays it. */
  lines: string[];
  /** `in order`, or why it cannot be played. */
  audio: string;
}

/** All announcements with their audio, in the order of the settings. */
export function listAnnouncements({ config, settings }: Appliance): Promise<Listed[]> {
  return Promise.all(
    settings.data.announcements.map(async (one) => {
      const lines = playersOf(settings.data, one.id);
      try {
        const { sha256, milliseconds } = await measureAnnouncement(config.state.announcements, one.id);
        return { ...one, seconds: milliseconds / 1000, sha256, lines, audio: 'in order' };
      } catch (error) {
        return { ...one, seconds: null, sha256: null, lines, audio: reasonOf(error) };
      }
    }),
  );
}

/**
 * Would this wording be taken? Returns what it replaces. Throws as `replaceAnnouncement` does, but for what concerns
 * the audio; changes nothing.
 */
export function checkWording(appliance: Appliance, wording: Wording): Announcement {
  const settings = appliance.settings.data;
  const old = replaceable(settings, wording);
  const next = versionsOf(settings, old, wording.text, wording.as).next().value as Version;
  planSettings(appliance, withVersion(settings, old.id, next));
  return old;
}

/** What is replaced. Throws `announcement-unknown`, `announcement-replaced`, `announcement-exists`. */
export function replaceable(settings: Settings, { id, as }: Wording): Announcement {
  const old = announcementOf(settings, id);
  const newer = siblingsOf(settings, id).find((one) => playersOf(settings, one.id).length > 0);
  if (newer && playersOf(settings, id).length === 0)
    throw new GreffierError(
      'announcement-replaced',
      `no line plays ${id}: ${newer.id} is played in its place`,
      { hint: `replace ${newer.id}`, status: 409 },
    );
  if (as && settings.announcements.some((one) => one.id === as)) throw taken(as);
  return old;
}

/**
 * Puts a new version of an announcement in force wherever the old one is played. Throws `announcement-unknown`,
 * `announcement-replaced`, `announcement-exists`, `announcement-unsuitable`, and whatever applying settings throws:
 * nothing is changed then.
 * @param actor login, or who stands behind root
 */
export function replaceAnnouncement(
  appliance: Appliance,
  wording: Wording,
  { audio, name, how }: Sound,
  actor: string,
  applying: Pick<Applying, 'from' | 'base'> = {},
): Promise<Replaced> {
  const { settings, config } = appliance;
  const folder = config.state.announcements;
  // Two that come at once must not take the same name.
  return whileLocked(`${folder}.lock`, PATIENCE_SECONDS, async () => {
    await settings.reload();
    const old = checkWording(appliance, wording);
    const wav = await convertAnnouncement(audio, name);
    const { place, ...fresh } = await freeVersion(folder, settings.data, old, wording, wav);
    const before = await measureAnnouncement(folder, old.id).catch(() => undefined);
    const sha256 = createHash('sha256').update(wav).digest('hex');
    const reason = `${old.id} (sha256 ${before?.sha256 ?? 'none'}) → ${fresh.id} (sha256 ${sha256}), ${how}`;
    try {
      await install(folder, { ...fresh, wav });
      const { milliseconds } = await measureAnnouncement(folder, fresh.id);
      const applied = await applySettings(appliance, withVersion(settings.data, old.id, fresh), actor, {
        ...applying,
        also: [{ action: 'announcement-replaced', reason }],
      });
      return { id: fresh.id, replaces: old.id, sha256, milliseconds, ...applied };
    } catch (error) {
      if (place === 'free' && !(await mayBeInForce(appliance, fresh.id))) await withdraw(folder, fresh.id);
      throw error;
    }
  });
}

/** The version that is made of this wording and audio, under a name that nothing else has. Throws `announcement-exists`. */
export async function freeVersion(
  folder: string,
  settings: Settings,
  old: Announcement,
  { text, as }: Wording,
  wav: Buffer,
): Promise<Version & { place: 'free' | 'same' }> {
  for (const version of versionsOf(settings, old, text, as)) {
    const place = await placeOf(folder, { ...version, wav });
    if (place !== 'taken') return { ...version, place };
  }
  throw taken(as ?? old.id);
}

function* versionsOf(
  settings: Settings,
  old: Announcement,
  text: string,
  as: string | undefined,
): Generator<Version> {
  if (as) yield { id: as, version: Number(/-v(\d{1,6})$/.exec(as)?.[1]) || old.version + 1, text };
  else for (const next of nextVersions(settings, old)) yield { ...next, text };
}

/** When the settings cannot be read, who knows: audio that nobody plays does no harm. */
async function mayBeInForce({ settings }: Appliance, id: string): Promise<boolean> {
  const state = await settings.reload().catch(() => 'damaged');
  return state === 'damaged' || settings.data.announcements.some((one) => one.id === id);
}

/** Throws `announcement-unknown`. */
export function announcementOf({ announcements }: Settings, id: string): Announcement {
  const found = announcements.find((one) => one.id === id);
  if (found) return found;
  throw new GreffierError('announcement-unknown', `no announcement ${id}`, {
    hint: 'greffier announcements list shows their ids',
    status: 404,
  });
}

function taken(id: string): GreffierError {
  return new GreffierError('announcement-exists', `an announcement ${id} is there already`, {
    hint: 'it is the proof of what callers heard: take another id, or leave --as out',
    status: 409,
  });
}
