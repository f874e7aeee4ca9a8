// What the routes of the rights desk are handed.

import type { Appliance } from './appliance.ts';
import { recordingFields } from './catalogue/answers.ts';
import { presented } from './catalogue/presented.ts';
import type { Downloads } from './handing-out.ts';
import type { HandingRoutes } from './rights/handing-routes.ts';
import { layOutPack } from './rights/package.ts';
import type { RightsRoutes } from './rights/routes.ts';
import { answer, close, extend, identify, writeNote } from './rights/steps.ts';
import { attachTo, objectFor, openRequest, registerOf, rightsFigures, work } from './rights-desk.ts';
import { letterOf } from './rights-letter.ts';
import { gatherPack } from './rights-pack.ts';
import { listObjections, requestErasure } from './rights-seams.ts';
import { findCalls, searchForRequest } from './rights-search.ts';
import { GreffierError } from './shared/errors.ts';
import { startOfDay } from './shared/wall-clock.ts';

/** The routes' parts over an open appliance. */
export function rightsParts(appliance: Appliance): RightsRoutes {
  const register = registerOf(appliance);
  const { clock, config } = appliance;
  const beginOf = (day: string, plusDays: number) => {
    const moment = startOfDay(day, plusDays, config.site.timezone);
    if (moment) return moment;
    throw new GreffierError('bad-date', `the calendar has no ${day}`, { status: 400 });
  };
  return {
    now: clock,
    recordingFields,
    list: register.all,
    figures: () => rightsFigures(appliance),
    show: register.read,
    open(by, { receivedAt, reference = '', note = '', name = '', contact = '', numbers = [], ...asked }) {
      const person = name || contact ? { name, contact } : null;
      const at = receivedAt === undefined ? clock() : new Date(receivedAt);
      return openRequest(appliance, { ...asked, receivedAt: at, reference, note, person, numbers, by });
    },
    identify: (by, id, how) =>
      work(appliance, id, by, 'rights-identified', (request, doing) => identify(request, how, doing)),
    extend: (by, id, { reason, toldAt }) =>
      work(appliance, id, by, 'rights-extended', (request, doing) =>
        extend(request, reason, new Date(toldAt), doing),
      ),
    async search(by, id, { numbers = [], calls = [] }) {
      if (numbers.length + calls.length > 0) await attachTo(appliance, id, by, { numbers, calls });
      const found = await searchForRequest(appliance, id, by);
      return {
        recordings: found.recordings.map((row) => ({ ...presented(row), heldUntil: row.held_until })),
        calls: found.calls.map(({ row, record }) => ({
          id: row.id,
          arrivedAt: row.arrived_at,
          direction: row.direction,
          line: row.line_name || row.did,
          announcements: record?.announcements ?? [],
          consent: row.consent || null,
          recorded: row.recorded === 1,
          reason: row.reason,
        })),
      };
    },
    async find(by, id, { from, to, line, extension }) {
      const period = { since: beginOf(from, 0), until: beginOf(to, 1) };
      if (period.since >= period.until)
        throw new GreffierError('bad-period', 'it ends before it begins', { status: 400 });
      const rows = await findCalls(appliance, id, by, { ...period, did: line, extension });
      return rows.map((row) => ({
        id: row.id,
        arrivedAt: row.arrived_at,
        direction: row.direction,
        line: row.line_name || row.did,
        extension: row.extension,
        disposition: row.disposition,
        recorded: row.recorded === 1,
      }));
    },
    note: (by, id, text) =>
      work(appliance, id, by, 'rights-note', (request, doing) => writeNote(request, text, doing)),
    object: (by, id, numbers) => objectFor(appliance, id, by, numbers, listObjections(appliance)),
    answer: (by, id, { outcome, reason = '' }) =>
      work(appliance, id, by, 'rights-answered', (request, doing) => answer(request, outcome, reason, doing)),
    close: (by, id, how) =>
      work(appliance, id, by, 'rights-closed', (request, doing) => close(request, how, doing)),
    erase: (by, id) => requestErasure(appliance, id, by),
  };
}

/** What leaves the desk. A package is noted in the register once all of it has left the box. */
export function handingParts(appliance: Appliance, downloads: Downloads): HandingRoutes {
  const about = (id: string) => `request ${id}`;
  return {
    letter: (id, language) => letterOf(appliance, id, language),
    async pack(user, id, withhold) {
      const { contents, recordings, written } = await gatherPack(appliance, id, user, withhold);
      return downloads.make(user, about(id), {
        name: `request-${id}`,
        at: new Date(contents.madeAt),
        layOut: (folder) => layOutPack(folder, contents, recordings, appliance.signer),
        left: written,
      });
    },
    takeOut: (id) => (ticket, user) => downloads.take(ticket, user, about(id)),
  };
}
