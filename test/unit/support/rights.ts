// A rights desk over a real vault, catalogue, audit log and register; the clock is moved by hand.

import { join } from 'node:path';
import type { Test } from 'tap';
import { openAlarms } from '../../../src/alarms/alarms.ts';
import type { Appliance } from '../../../src/appliance.ts';
import { outsideParty } from '../../../src/arrival/outside-party.ts';
import { callRow, recordingRow } from '../../../src/catalogue-rows.ts';
import { type Kind, newRequest, type Request } from '../../../src/rights/request.ts';
import { identify } from '../../../src/rights/steps.ts';
import { openRequest, work } from '../../../src/rights-desk.ts';
import { dayOf } from '../../../src/sealing/manifest.ts';
import { canonicalBytes } from '../../../src/shared/canonical.ts';
import { createLogger } from '../../../src/shared/logger.ts';
import { recordOf } from './calls.ts';
import { keepSealed } from './evidence.ts';
import { keep, manifestOf, openStore } from './store.ts';
import { RECORDED_CALL } from './world.ts';

export const NUMBER = '+33612345678';
const HMAC = '0123456789abcdef';
/** What may be kept of that number. */
export const PARTY = outsideParty(NUMBER, 'FR', HMAC).shown;
export const LATER = '2027-05-22T08:15:00.123Z';

export type Desk = Awaited<ReturnType<typeof openDesk>>;

/** Opens a desk in a folder of the test's own. */
export async function openDesk(t: Pick<Test, 'teardown'>) {
  const store = await openStore(t);
  await store.catalogue.filled();
  const at = (...names: string[]) => join(store.root, ...names);
  const log = createLogger('silent');
  const parts = {
    ...store,
    log,
    alarms: await openAlarms(at('alarms'), store.clock, log),
    settings: {
      data: {
        clients: [{ id: 'demo', name: 'Démonstration', contact: 'dpo@example.org' }],
        policies: [],
        recipient_groups: [],
        lines: [{ did: '+33123456701', client: 'demo' }],
      },
    },
    config: {
      site: { name: 'Démonstration', country: 'FR', timezone: 'Europe/Paris', language: 'fr' },
      secrets: { hmac: HMAC },
      paths: { recoveryKeys: at('etc'), recipients: at('etc-groups') },
      state: {
        rights: at('rights'),
        downloads: at('downloads'),
        incidents: at('incidents'),
        access: at('access'),
        keys: at('keys'),
        vault: at('vault'),
      },
    },
  };
  return { ...parts, at, appliance: parts as unknown as Appliance };
}

/** A recording of the person's in the vault, with the record of its call. Its files are stand-ins. */
export async function keepOf({ appliance, ...desk }: Desk, party = PARTY) {
  const { id } = await keep(desk, LATER);
  await markAs({ appliance, ...desk } as Desk, id, party);
  return id;
}

/** A recording of the person's that is really sealed. */
export async function sealedOf(t: Test, desk: Desk, recipients: string[], party = PARTY) {
  const kept = await keepSealed(t, desk, recipients);
  await markAs(desk, kept.id, party);
  return kept;
}

/** A call of the person's that was not recorded. */
export async function callOf(desk: Desk, id: string, party = PARTY) {
  const record = { ...recordOf(id, ...RECORDED_CALL), outside: party, recorded: false, reason: 'refused' };
  await desk.vault.calls.put(id, dayOf(record), canonicalBytes(record));
  desk.catalogue.putCall(callRow(record));
  return record;
}

async function markAs({ vault, catalogue }: Desk, id: string, party: typeof PARTY): Promise<void> {
  const row = catalogue.recording(id) ?? recordingRow(manifestOf(id, LATER));
  catalogue.putRecording({ ...row, ...party });
  const record = { ...recordOf(id, ...RECORDED_CALL), outside: party };
  await vault.calls.put(id, dayOf(record), canonicalBytes(record));
  catalogue.putCall(callRow(record));
}

/** A request of the form that was received at a moment, and written down long after. */
export function received(at: string) {
  const now = new Date('2030-01-01T00:00:00Z');
  const asked = {
    channel: 'email',
    reference: '',
    person: null,
    note: '',
    by: 'diane',
  } as const;
  return newRequest({ ...asked, parties: [], kind: 'access', receivedAt: new Date(at) }, now);
}

/** A request that came in at this moment, with who asks identified. */
export async function requestOf({ appliance }: Desk, kind: Kind, numbers = [NUMBER]): Promise<Request> {
  const { id } = await openRequest(appliance, {
    kind,
    numbers,
    receivedAt: appliance.clock(),
    channel: 'letter',
    reference: 'LR 12',
    person: { name: 'Zoë Martin', contact: '1 rue de la Paix, Paris' },
    note: '',
    by: 'diane',
  });
  return work(appliance, id, 'diane', 'rights-identified', (request, doing) =>
    identify(request, 'copy of an identity card, seen and destroyed', doing),
  );
}
