// A breach of personal data (RGPD art. 33): what is known of it, and what was done. Every one is documented, also when the
// authority need not be told (art. 33(5)).

import Type, { type Static, type TSchema } from 'typebox';
import { addDuration } from '../shared/duration.ts';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { type NumberedFiles, numberedFiles } from '../shared/numbered-files.ts';
import { checker } from '../shared/validate.ts';

/** From the moment at which the house is aware of it to the notice (art. 33(1)). */
const TO_NOTIFY = 'PT72H';
const HOUR_MS = 3_600_000;
/** Hours before the end at which somebody is reminded. */
const REMINDERS = [6, 24];

const closed = <T extends Record<string, TSchema>>(fields: T) =>
  Type.Object(fields, { additionalProperties: false });
const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const moment = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' });
const text = Type.String({ maxLength: 2_000 });
const by = Type.String({ minLength: 1, maxLength: 64 });
const whole = Type.Integer({ minimum: 0 });

export const scopeSchema = closed({
  /** When it happened: every recording that lay on the box at that time is affected. */
  since: orNull(moment),
  until: orNull(moment),
  /** Only recordings of calls that began in that time. */
  madeSince: orNull(moment),
  madeUntil: orNull(moment),
  client: orNull(text),
  /** In E.164. */
  line: orNull(text),
  extension: orNull(text),
  /** Only these; empty for all that fit the rest. */
  recordings: Type.Array(Type.String({ maxLength: 64 }), { maxItems: 10_000 }),
});

const figuresSchema = closed({
  recordings: whole,
  /** Of them, those that were destroyed since. */
  destroyed: whole,
  /** Distinct persons outside, by the fingerprints of their numbers. */
  persons: whole,
  /** Living recordings of which nobody knows whose they are: the number was withheld. */
  withheld: whole,
  extensions: whole,
  seconds: whole,
  clients: Type.Record(Type.String(), whole),
});

export const incidentFields = {
  format: Type.Literal('greffier-incident-1'),
  id: Type.String({ pattern: '^\\d{4}-\\d{4,}$' }),
  reason: Type.String({ minLength: 1, maxLength: 500 }),
  scope: scopeSchema,
  awareAt: moment,
  openedAt: moment,
  by,
  /** False where the log cannot be frozen: then it is not pruned by this appliance either. */
  logFrozen: Type.Boolean(),
  checkpoint: closed({ text, signature: Type.String({ maxLength: 4_000 }) }),
  figures: orNull(figuresSchema),
  /** What the authority was told, when, and under which number. */
  notified: orNull(closed({ at: moment, by, reference: text })),
  closed: orNull(closed({ at: moment, by, note: text })),
  reminded: Type.Array(text),
};
const incidentSchema = closed(incidentFields);

export type Scope = Static<typeof scopeSchema>;
export type IncidentFigures = Static<typeof figuresSchema>;
export type Incident = Static<typeof incidentSchema>;

const check = checker(incidentSchema, 'bad-incident-file', 'an incident');

function readIncident(text: string): Incident {
  try {
    return check(JSON.parse(text));
  } catch (cause) {
    if (cause instanceof GreffierError) throw cause;
    throw new GreffierError('bad-incident-file', `an incident: not JSON: ${reasonOf(cause)}`, { cause });
  }
}

/** The incidents in the given folder. Its verbs throw `no-such-incident`, `bad-incident-file` and `busy`. */
export function openIncidents(folder: string): NumberedFiles<Incident> {
  return numberedFiles(folder, readIncident, noSuchIncident);
}

/** When the authority has to be told at the latest. */
export function noticeDueAt({ awareAt }: Pick<Incident, 'awareAt'>): Date {
  return addDuration(new Date(awareAt), TO_NOTIFY);
}

/** Where the clock of 72 hours stands at that moment. */
export function clockOf(
  incident: Incident,
  now: Date,
): { noticeDueAt: string; hoursLeft: number; state: string } {
  const due = noticeDueAt(incident);
  const hours = Math.floor((due.getTime() - now.getTime()) / HOUR_MS);
  const running = hours < 0 ? 'overdue' : 'running';
  const state = incident.notified ? 'notified' : incident.closed ? 'closed' : running;
  return { noticeDueAt: due.toISOString(), hoursLeft: hours, state };
}

/** The reminder to give at that moment: `24`, `6`, or `overdue-N` on each day after the end; undefined for none. */
export function reminderOf(incident: Incident, now: Date): string | undefined {
  if (incident.notified || incident.closed) return undefined;
  const left = (noticeDueAt(incident).getTime() - now.getTime()) / HOUR_MS;
  const hours = REMINDERS.find((one) => left <= one);
  const reminder = left < 0 ? `overdue-${Math.ceil(-left / 24)}` : hours?.toString();
  return reminder !== undefined && incident.reminded.includes(reminder) ? undefined : reminder;
}

/** Says that the authority was told. Throws `notified-before`. */
export function markNotified(incident: Incident, at: Date, by: string, reference: string, now: Date): void {
  if (incident.notified) throw refusal('notified-before', `incident ${incident.id} was notified before`);
  if (!(at.getTime() <= now.getTime()))
    throw refusal('bad-moment', 'the notice cannot have been sent after now');
  incident.notified = { at: at.toISOString(), by, reference };
}

/** Ends an incident, with what came of it. Throws `incident-closed`, `no-text`. */
export function closeIncidentFile(incident: Incident, by: string, note: string, now: Date): void {
  if (incident.closed) throw refusal('incident-closed', `incident ${incident.id} is closed`);
  if (!note.trim())
    throw new GreffierError('no-text', 'the note is empty', {
      hint: 'write what came of it; where the authority was not told, why not (art. 33(5))',
      status: 400,
    });
  incident.closed = { at: now.toISOString(), by, note };
}

function noSuchIncident(id: string): GreffierError {
  return new GreffierError('no-such-incident', `no incident ${id}`, {
    hint: 'greffier incident list shows their numbers',
    status: 404,
  });
}

function refusal(code: string, message: string): GreffierError {
  return new GreffierError(code, message, { status: 409 });
}
