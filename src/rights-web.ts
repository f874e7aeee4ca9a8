// What the routes of the rights desk are handed.

import type { Appliance } from './appliance.ts';
import { recordingFields } from './catalogue/answers.ts';
import { presented } from './catalogue/presented.ts';
import type { RightsRoutes } from './rights/routes.ts';
import { close, extend, identify } from './rights/steps.ts';
import { attachTo, openRequest, registerOf, rightsFigures, work } from './rights-desk.ts';
import { requestErasure } from './rights-seams.ts';
import { searchForRequest } from './rights-search.ts';

/** The routes' parts over an open appliance. */
export function rightsParts(appliance: Appliance): RightsRoutes {
  const register = registerOf(appliance);
  const { clock } = appliance;
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
    close: (by, id, how) =>
      work(appliance, id, by, 'rights-closed', (request, doing) => close(request, how, doing)),
    erase: (by, id) => requestErasure(appliance, id, by),
  };
}
