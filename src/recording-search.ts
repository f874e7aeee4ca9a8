// Where the search of recordings meets its neighbours: the settings, which have the names; people, who may be limited to
// clients (C34); and the audit log, which has who looked for whom (ADR 0025).

import type { Appliance } from './appliance.ts';
import type { RecordingRow } from './catalogue/catalogue.ts';
import { partyOf } from './rights-desk.ts';
import type { Asking } from './shared/asking.ts';
import { isCallId } from './shared/call-id.ts';
import { startOfDay } from './shared/wall-clock.ts';

type Parts = Pick<Appliance, 'catalogue' | 'settings' | 'config' | 'clock' | 'audit'>;

/** A page that renews itself looks for the same person again and again: that is one search. */
const ONE_SEARCH_MS = 15 * 60_000;

/** What a filter needs to know of the site, but the time and whoever asks. */
export function siteOf({ settings, config }: Pick<Parts, 'settings' | 'config'>) {
  return {
    dayStart: (day: string, plusDays = 0) => startOfDay(day, plusDays, config.site.timezone),
    extensionsOf: (person: string) => settings.data.people?.find(({ id }) => id === person)?.extensions ?? [],
  };
}

/** A row for whoever asks: one of a client that is not theirs is not there, and the attempt is on record. */
export async function seenBy<Row extends { id: string; client: string }>(
  { user, ip, scope }: Asking,
  row: Row | undefined,
  audit: Parts['audit'],
): Promise<Row | undefined> {
  if (!row || !scope || scope.includes(row.client)) return row;
  await audit.write({ actor: user, action: 'refused', recording: row.id, reason: 'other-client', from: ip });
  return undefined;
}

/** Finds a recording for whoever asks. */
export function findSeen({ catalogue, audit }: Pick<Parts, 'catalogue' | 'audit'>) {
  return async (id: string, asking: Asking): Promise<RecordingRow | undefined> =>
    seenBy(asking, isCallId(id) ? catalogue.recording(id) : undefined, audit);
}

/** Names of what there is to be searched by, of the clients that somebody may see. */
export function termsOf({ settings }: Pick<Parts, 'settings'>, scope: readonly string[] | undefined): object {
  const { clients = [], lines = [], queues = [], people = [] } = settings.data;
  const seen = <T extends { client: string }>(all: T[]) =>
    all.filter(({ client }) => !scope || scope.includes(client));
  return {
    clients: clients.filter(({ id }) => !scope || scope.includes(id)).map(({ id, name }) => ({ id, name })),
    lines: seen(lines).map(({ did, name, client }) => ({ did, name, client })),
    queues: seen(queues).map(({ id, name, client }) => ({ id, name, client })),
    people: seen(people)
      .filter(({ extensions }) => extensions.length > 0)
      .map(({ id, name, extensions, client }) => ({ id, name, extensions, client })),
  };
}

/** Writes down who looks for somebody outside, before anything is answered: once for each search, and never for whom. */
export function searchTrace({ audit, clock }: Pick<Parts, 'audit' | 'clock'>) {
  const traced = new Map<string, number>();
  return async (whom: string, by: 'number' | 'last-digits', asking: Omit<Asking, 'scope'>): Promise<void> => {
    const { user, ip } = asking;
    const now = clock().getTime();
    for (const [search, at] of traced) if (at <= now - ONE_SEARCH_MS) traced.delete(search);
    const search = `${user} ${whom}`;
    if (traced.has(search)) return;
    await audit.write({ actor: user, action: 'search-caller', code: by, from: ip });
    traced.set(search, now);
  };
}

/** All that the routes of the list need. */
export function searchParts(appliance: Parts) {
  const { catalogue, clock } = appliance;
  return {
    catalogue,
    site: { ...siteOf(appliance), now: clock },
    find: findSeen(appliance),
    looksFor: searchTrace(appliance),
    partyOf: (number: string) => partyOf(appliance, number).shown,
    terms: (scope: readonly string[] | undefined) => termsOf(appliance, scope),
  };
}
