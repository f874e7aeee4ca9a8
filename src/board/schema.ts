// The board as it leaves the box. Whatever is not named here does not leave (C19).

import Type, { type Static } from 'typebox';
import { AGENT_STATES } from './agents.ts';
import { MODES } from './site.ts';

const text = Type.String();
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const count = Type.Integer();
const hour = {
  calls: count,
  answered: count,
  waitingSeconds: orNull(Type.Number()),
  handlingSeconds: orNull(Type.Number()),
};

export const agentSchema = Type.Object({
  extension: text,
  name: text,
  /** Names. */
  teams: Type.Array(text),
  /** `private`: a staff representative, of whom nothing is told (C10). */
  state: Type.Enum([...AGENT_STATES]),
  since: orNull(text),
  /** Id of a call of the list below. */
  call: orNull(text),
  /** Names of the queues that the agent is in at present. */
  queues: Type.Array(text),
  /** What whoever watches may do in the agent's calls. */
  modes: Type.Array(Type.Enum([...MODES])),
});

export const callSchema = Type.Object({
  id: text,
  direction: Type.Enum(['inbound', 'outbound', 'internal']),
  /** Names; empty when there is none, or when it belongs to another client. */
  line: text,
  queue: text,
  /** UTC ISO 8601: of the call, and of its state. */
  since: text,
  state: Type.Enum(['arriving', 'ringing', 'waiting', 'talking', 'on-hold', 'parked']),
  stateSince: text,
  /** Of the agents that are watched, those who take part. */
  extensions: Type.Array(text),
  recorded: Type.Enum(['yes', 'no', 'paused']),
  /** Told and not objected, under a policy that permits it, and somebody is heard; Asterisk has the last word (C13). */
  listenable: Type.Boolean(),
  /** Null for whoever may not see the list of calls. */
  last4: orNull(text),
});

export const queueSchema = Type.Object({
  id: text,
  name: text,
  waiting: count,
  /** Since when the one waits who waits longest. */
  longestSince: orNull(text),
  loggedIn: count,
  available: count,
});

export const boardSchema = Type.Object({
  /** True while Asterisk is not heard: the states of phones may have changed since then. */
  stale: Type.Boolean(),
  staleSince: orNull(text),
  /** Extension of whoever watches: the phone that rings for a session. */
  agents: Type.Array(agentSchema),
  calls: Type.Array(callSchema),
  queues: Type.Array(queueSchema),
  figures: Type.Object({
    day: text,
    ...hour,
    answerRate: orNull(Type.Number()),
    hours: Type.Array(Type.Object(hour)),
  }),
});

/** With the time at which it was so, by the clock of the box. */
export const sentSchema = Type.Intersect([Type.Object({ at: text }), boardSchema]);

export type Board = Static<typeof boardSchema>;
export type AgentShown = Static<typeof agentSchema>;
export type CallShown = Static<typeof callSchema>;
export type QueueShown = Static<typeof queueSchema>;
