// What somebody asks for, in the words of the web and the command line, and the filter that it means. A number is no part
// of it: addresses are written into logs, and shown to whoever looks over a shoulder. Its fingerprint is.

import Type, { type Static } from 'typebox';
import { GreffierError } from '../shared/errors.ts';
import { checker } from '../shared/validate.ts';
import { type SearchFilter, SORTS } from './search-filter.ts';

const optional = Type.Optional;
const text = (pattern: string) => optional(Type.String({ pattern, maxLength: 64 }));
const ID = '^[a-z0-9][a-z0-9-]{0,63}$';
const DAY = '^[0-9]{4}-[0-9]{2}-[0-9]{2}$';
const seconds = optional(Type.Integer({ minimum: 0, maximum: 86_400 }));

export const searchFields = {
  /** Fingerprint of a number (POST /api/recordings/parties). */
  party: text('^[0-9a-f]{64}$'),
  lastDigits: text('^[0-9]{4}$'),
  extension: text('^[0-9]{2,6}$'),
  /** Id of a person of the settings: with any of that person's extensions. */
  person: text(ID),
  line: text('^\\+?[0-9]{2,15}$'),
  queue: text(ID),
  client: text(ID),
  direction: optional(Type.Enum(['inbound', 'outbound', 'internal'])),
  /** Days by the clock of the site, both included. */
  from: text(DAY),
  to: text(DAY),
  minSeconds: seconds,
  maxSeconds: seconds,
  purpose: text(ID),
  consent: optional(Type.Enum(['not-refused', 'given', 'legal-obligation'])),
  state: optional(Type.Enum(['sealed', 'interrupted', 'truncated', 'destroyed'])),
  held: optional(Type.Boolean()),
  dueWithinDays: optional(Type.Integer({ minimum: 0, maximum: 3_650 })),
  sort: optional(Type.Enum([...SORTS])),
};

const schema = Type.Object(searchFields, { additionalProperties: false });
export type SearchQuery = Static<typeof schema>;

/** Checks what did not come through the web. Throws `bad-filter`. */
export const checkQuery = checker(schema, 'bad-filter', 'filter');

/** What the site knows, that a filter needs. */
export interface Site {
  now: Date;
  /** When a day (YYYY-MM-DD) begins by the clock of the site, in UTC ISO 8601; undefined when there is no such day. */
  dayStart(day: string, plusDays?: number): string | undefined;
  /** Of a person of the settings; none for a person who is not there. */
  extensionsOf(person: string): string[];
  /** Clients that whoever asks may see; undefined for all. */
  scope: readonly string[] | undefined;
}

/** The filter that a question means. Throws `bad-date`. */
export function filterOf(query: SearchQuery, site: Site): SearchFilter {
  const { party, lastDigits, line, queue, direction, purpose, consent, state } = query;
  const now = site.now.toISOString();
  return {
    party,
    lastDigits,
    did: line,
    queue,
    direction,
    purpose,
    consent,
    state,
    extensions: extensionsIn(query, site),
    clients: clientsIn(query, site),
    since: query.from && boundary(site, query.from),
    before: query.to && boundary(site, query.to, 1),
    atLeast: milliseconds(query.minSeconds),
    atMost: milliseconds(query.maxSeconds),
    heldAt: query.held === true ? now : undefined,
    notHeldAt: query.held === false ? now : undefined,
    goesBefore:
      query.dueWithinDays === undefined
        ? undefined
        : new Date(site.now.getTime() + query.dueWithinDays * 86_400_000).toISOString(),
  };
}

const milliseconds = (value: number | undefined) => (value === undefined ? undefined : value * 1000);

/** When a day begins by the clock of the site, as a filter has it. Throws `bad-date`. */
export function boundary({ dayStart }: Pick<Site, 'dayStart'>, day: string, plusDays = 0): string {
  const moment = dayStart(day, plusDays);
  if (moment !== undefined) return moment;
  throw new GreffierError('bad-date', `there is no day ${day}`, {
    hint: 'write it as 2026-11-22',
    status: 400,
  });
}

function extensionsIn({ extension, person }: SearchQuery, site: Site): string[] | undefined {
  if (person === undefined) return extension === undefined ? undefined : [extension];
  const theirs = site.extensionsOf(person);
  return extension === undefined ? theirs : theirs.filter((one) => one === extension);
}

/** Of all clients that somebody may see, the one that was asked for: another one has no recordings, and no calls. */
export function clientsIn(
  { client }: Pick<SearchQuery, 'client'>,
  { scope }: Pick<Site, 'scope'>,
): readonly string[] | undefined {
  if (client === undefined) return scope;
  return scope === undefined || scope.includes(client) ? [client] : [];
}
