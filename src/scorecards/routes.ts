// Scorecards over HTTP: made and read by those who listen for quality; each agent reads the own ones, and answers.

import Type, { type Static } from 'typebox';
import type { WebServer } from '../http/server.ts';
import type { Asking } from '../shared/asking.ts';
import { NOTHING } from '../shared/schema.ts';
import { agentsAnswer, allCardsAnswer, cardAnswer, cardsAnswer, changedAnswer } from './answers.ts';
import type { Marks } from './criteria.ts';
import { marksSchema, type Scorecard } from './store.ts';
import type { Trend } from './trends.ts';

/** A card as it is shown: with the agent's name, and whether the recording is still there. */
export type Shown = Omit<Scorecard, 'client'> & { agentName: string; playable: boolean };
export interface Cards {
  cards: Shown[];
  total: number;
  trend: Trend[];
}

/** Whom and what cards can be narrowed down to. */
export interface Choices {
  agents: { id: string; name: string }[];
  teams: { id: string; name: string }[];
}

export interface Wish {
  recording: string;
  agent: string;
  marks: Marks;
  feedback: string;
}

export interface ScorecardRoutes {
  /** Of one agent, one team, or all of the clients that whoever asks may see. */
  list(
    query: { agent?: string | undefined; team?: string | undefined },
    asking: Asking,
  ): Promise<Cards & Choices>;
  mine(user: string): Promise<Cards>;
  agentsOf(recording: string, asking: Asking): Promise<{ id: string; name: string }[]>;
  /** Throws what stands in the way. */
  make(wish: Wish, asking: Asking): Promise<Shown>;
  answer(id: string, words: string, asking: Asking): Promise<Shown>;
  withdraw(id: string, asking: Asking): Promise<void>;
}

const closed = { additionalProperties: false };
const id = Type.String({ minLength: 1, maxLength: 64 });
const params = Type.Object({ id }, closed);
const listQuery = Type.Object({ agent: Type.Optional(id), team: Type.Optional(id) }, closed);
const wishBody = Type.Object(
  { recording: id, agent: id, marks: marksSchema, feedback: Type.String({ maxLength: 2_000 }) },
  closed,
);
const answerBody = Type.Object({ answer: Type.String({ minLength: 1, maxLength: 2_000 }) }, closed);
type Id = Static<typeof params>;

/** Adds the routes of /api/scorecards. */
export function scorecardRoutes(server: WebServer, parts: ScorecardRoutes): void {
  const [read, make, own] = ['scorecards:read', 'scorecards:make', 'scorecards:own'].map((access) => ({
    access,
  }));
  const missing = ['no-such-scorecard'];
  const notFound = ['recording-not-found'];
  server.get(
    '/api/scorecards',
    { config: { ...read }, schema: { querystring: listQuery, response: allCardsAnswer } },
    (request) => parts.list(request.query as Static<typeof listQuery>, request),
  );
  server.get('/api/scorecards/mine', { config: { ...own }, schema: { response: cardsAnswer } }, (request) =>
    parts.mine(request.user),
  );
  server.get(
    '/api/recordings/:id/agents',
    { config: { ...make, errors: notFound }, schema: { params, response: agentsAnswer } },
    async (request) => ({ agents: await parts.agentsOf((request.params as Id).id, request) }),
  );
  server.post(
    '/api/scorecards',
    {
      config: {
        ...make,
        errors: [
          ...notFound,
          'recording-destroyed',
          'wrong-purpose',
          'not-their-talk',
          'own-talk',
          'no-marks',
          'personal-reason',
        ],
      },
      schema: { body: wishBody, response: cardAnswer },
    },
    async (request, reply) =>
      reply.code(201).send(await parts.make(request.body as Static<typeof wishBody>, request)),
  );
  server.put(
    '/api/scorecards/:id/answer',
    {
      config: { ...own, errors: [...missing, 'personal-reason'] },
      schema: { params, body: answerBody, response: changedAnswer },
    },
    (request) =>
      parts.answer((request.params as Id).id, (request.body as Static<typeof answerBody>).answer, request),
  );
  server.delete(
    '/api/scorecards/:id',
    { config: { ...make, errors: missing }, schema: { params, response: NOTHING } },
    async (request, reply) => {
      await parts.withdraw((request.params as Id).id, request);
      return reply.code(204).send();
    },
  );
}
