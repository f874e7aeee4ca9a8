// Where the page of announcements meets the appliance: the same steps as the command line's, and the codes that somebody may
// dial to dictate.

import { readCodes } from './announcement/codes.ts';
import { convertAnnouncement } from './announcement/convert.ts';
import { measure } from './announcement/measure.ts';
import type { AnnouncementRoutes } from './announcement/routes.ts';
import { readSound } from './announcement/store.ts';
import {
  announcementOf,
  freeVersion,
  listAnnouncements,
  replaceAnnouncement,
  replaceable,
} from './announcements.ts';
import type { Appliance } from './appliance.ts';
import { planAnswer } from './policies/answers.ts';
import { siblingsOf, withVersion } from './policies/new-version.ts';
import { insistUnchanged, planned, reread } from './policies-of-site.ts';
import { GreffierError } from './shared/errors.ts';
import { createQueue } from './shared/in-order.ts';

/** The routes' parts over an open appliance. @param mayDecide whether that person may decide what callers are told */
export function announcementParts(
  appliance: Appliance,
  mayDecide: (user: string) => Promise<boolean>,
): AnnouncementRoutes {
  const { settings, config, clock } = appliance;
  const folder = config.state.announcements;
  // One conversion at a time: calls come first on this machine.
  const inOrder = createQueue();
  return {
    planAnswer,
    async list({ user }) {
      const all = await listAnnouncements(appliance);
      const playing = new Set(all.filter(({ lines }) => lines.length > 0).map(({ id }) => id));
      const replaced = (id: string) =>
        !playing.has(id) && siblingsOf(settings.data, id).some((one) => playing.has(one.id));
      // Whoever knows a code can speak a new version.
      const codes = (await mayDecide(user)) ? await readCodes(config.state.policies) : [];
      return {
        announcements: all.map((one) => ({ ...one, replaced: replaced(one.id) })),
        dictations: codes
          .filter(({ until }) => until > clock())
          .map(({ code, until }) => ({ code: `*90${code}`, until: until.toISOString() })),
      };
    },
    async sound(id) {
      return readSound(folder, announcementOf(settings.data, id).id);
    },
    plan: (id, { text, audio, name }) =>
      inOrder(async () => {
        await reread(appliance);
        const wording = { id, text: text.trim() };
        const old = replaceable(settings.data, wording);
        const wav = await convertAnnouncement(bytesOf(audio, name), name);
        const { place: _, ...fresh } = await freeVersion(folder, settings.data, old, wording, wav);
        const { sha256, milliseconds } = measure(wav, fresh.id);
        const plan = planned(appliance, withVersion(settings.data, old.id, fresh));
        return { id: fresh.id, replaces: old.id, sha256, seconds: milliseconds / 1000, plan };
      }),
    replace: (id, { text, audio, name }, base, { user, ip }) =>
      inOrder(async () => {
        await insistUnchanged(appliance, base);
        const sound = { audio: bytesOf(audio, name), name, how: 'uploaded' };
        const by = { from: ip, base };
        const done = await replaceAnnouncement(appliance, { id, text: text.trim() }, sound, user, by);
        const { replaces, sha256, milliseconds, after } = done;
        return { id: done.id, replaces, sha256, seconds: milliseconds / 1000, after };
      }),
  };
}

/** Throws `announcement-unsuitable` for what is no base64. */
function bytesOf(base64: string, name: string): Buffer {
  if (/^[A-Za-z0-9+/]*={0,2}$/.test(base64) && base64.length % 4 === 0) return Buffer.from(base64, 'base64');
  throw new GreffierError('announcement-unsuitable', `${name} did not arrive whole`, {
    hint: 'send it again',
    status: 400,
  });
}
