// The settings: clients and what each of them owns. Unknown keys are refused: a misspelt rule that is silently passed
// over would be a rule that is not kept. What the form cannot say is in rules/.

import Type, { type Static } from 'typebox';
import { closed, date, id, name, number, numbers, windows } from './forms.ts';
import { destinationSchema, hoursSchema, queueSchema } from './queue-schema.ts';
import { type Team, teamSchema } from './team-schema.ts';

/** Played in this order. */
const announcements = Type.Array(id, { maxItems: 5, uniqueItems: true });

export const clientSchema = Type.Object(
  {
    id,
    name,
    /** Where a person writes to exercise rights. */
    contact: Type.String({ minLength: 3, maxLength: 200 }),
  },
  closed,
);

/** Who may open recordings besides the recovery key; the public keys are files that root owns. */
export const recipientGroupSchema = Type.Object({ id, client: id, name }, closed);

export const announcementSchema = Type.Object(
  {
    id,
    client: id,
    language: Type.Enum(['fr', 'en']),
    version: Type.Integer({ minimum: 1 }),
    /**
     * A notice tells that the call may be recorded (C01); an information is what key 9 reads out (C06); closed is what
     * a line says outside its hours.
     */
    kind: Type.Enum(['notice', 'information', 'closed']),
    text: Type.String({ minLength: 20, maxLength: 2_000 }),
  },
  closed,
);

export const policySchema = Type.Object(
  {
    id,
    client: id,
    purpose: Type.Enum(['quality', 'training', 'contract', 'mifid']),
    consent: Type.Enum(['opt-out', 'opt-in', 'none', 'never']),
    legal_obligation: Type.Optional(
      Type.Object(
        { text: Type.String({ maxLength: 2_000 }), approver: Type.String({ maxLength: 80 }) },
        closed,
      ),
    ),
    start: Type.Enum(['automatic', 'on-demand']),
    /** Percent of the calls; left out, 25, or 100 where the agent starts the recording. */
    share: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
    /** Why recordings are kept for longer than six months, and who decided it (C21). */
    derogation: Type.Optional(
      Type.Object(
        { text: Type.String({ maxLength: 2_000 }), approver: Type.String({ maxLength: 80 }) },
        closed,
      ),
    ),
    /** ISO 8601 duration. */
    retention: Type.String({ pattern: '^P' }),
    /** How the audio is kept: flac, every sample, or opus, two fifths of the room; left out, flac (ADR 0014). */
    encoding: Type.Optional(Type.Enum(['flac', 'opus'])),
    /** Whether supervisors may listen in while such a call lasts; left out, no. The notice must say so (C13). */
    live_listening: Type.Optional(Type.Boolean()),
    /** Groups; left out, none: the recovery key alone. */
    recipients: Type.Optional(Type.Array(id, { maxItems: 10, uniqueItems: true })),
  },
  closed,
);

export const lineSchema = Type.Object(
  {
    /** E.164. */
    did: Type.String({ pattern: '^\\+[1-9][0-9]{6,14}$' }),
    client: id,
    name,
    policy: id,
    announcements,
    information: Type.Optional(id),
    destination: destinationSchema,
    /** Left out, the line is open at any time. */
    hours: Type.Optional(hoursSchema),
  },
  closed,
);

export const ringGroupSchema = Type.Object({ id, client: id, name, number, extensions: numbers }, closed);

export const conferenceSchema = Type.Object({ id, client: id, name, number }, closed);

export const personSchema = Type.Object(
  {
    id,
    name,
    client: id,
    extensions: Type.Array(number, { maxItems: 20, uniqueItems: true }),
    role: Type.Enum(['agent', 'supervisor', 'manager', 'quality', 'dpo', 'it-admin']),
    informed_on: Type.Optional(date),
    /** A date, or `no-cse` for a company that has no such committee. */
    cse_consulted_on: Type.Optional(Type.String({ pattern: '^([0-9]{4}-[0-9]{2}-[0-9]{2}|no-cse)$' })),
    /** When calls may be recorded, by the clock of the site; left out or empty, always. */
    windows: Type.Optional(windows),
    staff_rep: Type.Optional(Type.Boolean()),
  },
  closed,
);

const told = { policy: id, announcements, information: Type.Optional(id) };
/** Rules of the calls that the people of a client make. */
export const outboundSchema = Type.Object({ client: id, ...told }, closed);
/** Rules of calls between extensions; without them none is recorded. */
export const internalSchema = Type.Object(told, closed);

export const settingsSchema = Type.Object(
  {
    clients: Type.Array(clientSchema),
    recipient_groups: Type.Array(recipientGroupSchema),
    announcements: Type.Array(announcementSchema),
    policies: Type.Array(policySchema),
    lines: Type.Array(lineSchema),
    ring_groups: Type.Array(ringGroupSchema),
    queues: Type.Array(queueSchema),
    conferences: Type.Array(conferenceSchema),
    people: Type.Array(personSchema),
    teams: Type.Optional(Type.Array(teamSchema)),
    outbound: Type.Array(outboundSchema),
    internal: Type.Optional(internalSchema),
  },
  closed,
);

type Form = Static<typeof settingsSchema>;
type PolicyForm = Static<typeof policySchema>;

/** A policy in which nothing is left out. */
export type Policy = Omit<PolicyForm, 'share' | 'recipients' | 'encoding' | 'live_listening'> & {
  share: number;
  recipients: string[];
  encoding: 'flac' | 'opus';
  live_listening: boolean;
};
export type Settings = Omit<Form, 'policies' | 'teams'> & { policies: Policy[]; teams: Team[] };
export type Client = Static<typeof clientSchema>;
export type Line = Static<typeof lineSchema>;
export type Announcement = Static<typeof announcementSchema>;
export type Person = Static<typeof personSchema>;

/** Fills in what a policy may leave out. An agent who starts a recording has chosen the call: there is no draw. */
export function completed(form: Form): Settings {
  const policies = form.policies.map((policy) => ({
    ...policy,
    share: policy.share ?? (policy.start === 'on-demand' ? 100 : 25),
    recipients: policy.recipients ?? [],
    encoding: policy.encoding ?? 'flac',
    live_listening: policy.live_listening ?? false,
  }));
  return { ...form, policies, teams: form.teams ?? [] };
}
