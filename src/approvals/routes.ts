// Asking, and deciding what somebody else has asked, over HTTP. What is asked and what a decision does is handed in.

import Type, { type Static } from 'typebox';
import type { WebServer } from '../http/server.ts';
import type { Clock } from '../shared/clock.ts';
import { approvalsAnswer, askedAnswer, decidedAnswer } from './answers.ts';
import { type Approval, KINDS, stateOf } from './approval.ts';
import type { ApprovalDesk, Wish } from './desk.ts';

export interface ApprovalRoutes {
  approvals: ApprovalDesk;
  clock: Clock;
  ask(wish: Wish, by: string): Promise<Approval>;
  decide(id: string, verdict: 'approved' | 'refused', by: string, note?: string): Promise<Approval>;
  /** Ids of the recordings that are meant. Throws `no-recordings`, `too-many-recordings`. */
  resolve(selection: Meant): Promise<string[]>;
  /** Throws `forbidden` unless that person may decide this kind. */
  insistMayDecide(user: string, approval: Approval): Promise<void>;
}

const closed = { additionalProperties: false };
const reason = Type.String({ minLength: 3, maxLength: 500 });
const id = Type.String({ maxLength: 64 });
const moment = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' });
const params = Type.Object({ id }, closed);
const decisionBody = Type.Object(
  { verdict: Type.Enum(['approved', 'refused']), note: Type.Optional(Type.String({ maxLength: 500 })) },
  closed,
);
const destroyBody = Type.Object(
  { reason: Type.Enum(['pci', 'other_proof', 'objection', 'erasure']), note: reason },
  closed,
);
const placeBody = Type.Object(
  {
    recordings: Type.Optional(Type.Array(id, { maxItems: 1_000, uniqueItems: true })),
    /** What fits all of it is held, too; it is resolved to ids at that moment. */
    select: Type.Optional(
      Type.Object(
        {
          client: Type.Optional(id),
          did: Type.Optional(id),
          extension: Type.Optional(id),
          since: Type.Optional(moment),
          before: Type.Optional(moment),
          request: Type.Optional(id),
        },
        closed,
      ),
    ),
    matter: Type.String({ minLength: 1, maxLength: 80 }),
    endsAt: moment,
    reason,
  },
  closed,
);
const renewBody = Type.Object({ endsAt: moment, reason }, closed);
const reasonBody = Type.Object({ reason }, closed);
const listQuery = Type.Object({ kind: Type.Optional(Type.Enum([...KINDS])) }, closed);

type Id = Static<typeof params>;
type Place = Static<typeof placeBody>;
/** Recordings, by their ids and by what they have in common. */
export type Meant = { recordings?: string[] | undefined } & Place['select'];

/** Adds the routes of approvals, and those that ask for one. */
export function approvalRoutes(server: WebServer, parts: ApprovalRoutes): void {
  const { approvals, clock, ask, decide, resolve, insistMayDecide } = parts;
  const shown = (approval: Approval) => ({ ...approval, state: stateOf(approval, clock()) });
  const asking = (access: string, ...errors: string[]) => ({
    access,
    stepUp: true,
    errors,
  });
  const placing = [
    'no-recordings',
    'too-many-recordings',
    'recording-destroyed',
    'bad-hold-end',
    'no-reason',
  ];

  server.get(
    '/api/approvals',
    { config: { access: 'approvals:read' }, schema: { querystring: listQuery, response: approvalsAnswer } },
    async (request) => {
      const { kind } = request.query as Static<typeof listQuery>;
      const all = await approvals.all();
      return { approvals: all.filter((one) => !kind || one.kind === kind).map(shown) };
    },
  );
  server.post(
    '/api/approvals/:id/decision',
    {
      config: asking(
        'approvals:read',
        'no-such-approval',
        'already-decided',
        'approval-expired',
        'same-person',
      ),
      schema: { params, body: decisionBody, response: decidedAnswer },
    },
    async (request) => {
      const { verdict, note } = request.body as Static<typeof decisionBody>;
      const approval = await approvals.one((request.params as Id).id);
      await insistMayDecide(request.user, approval);
      return shown(await decide(approval.id, verdict, request.user, note));
    },
  );
  server.post(
    '/api/recordings/:id/destruction',
    {
      config: asking(
        'destruction:ask',
        'recording-not-found',
        'recording-destroyed',
        'recording-held',
        'recording-locked',
        'not-a-contract',
      ),
      schema: { params, body: destroyBody, response: askedAnswer },
    },
    async (request, reply) => {
      const { reason, note } = request.body as Static<typeof destroyBody>;
      const subject = { recording: (request.params as Id).id, reason };
      return reply
        .code(202)
        .send(shown(await ask({ kind: 'destroy-early', subject, reason: note }, request.user)));
    },
  );
  server.post(
    '/api/holds',
    {
      config: asking('holds:ask', ...placing),
      schema: { body: placeBody, response: askedAnswer },
    },
    async (request, reply) => {
      const { reason, select, recordings: named, ...hold } = request.body as Place;
      const subject = { ...hold, recordings: await resolve({ recordings: named, ...select }) };
      return reply.code(202).send(shown(await ask({ kind: 'hold-place', subject, reason }, request.user)));
    },
  );
  server.post(
    '/api/holds/:id/renewal',
    {
      config: asking('holds:ask', 'no-such-hold', 'hold-is-over', 'hold-damaged', 'bad-hold-end'),
      schema: { params, body: renewBody, response: askedAnswer },
    },
    async (request, reply) => {
      const { reason, endsAt } = request.body as Static<typeof renewBody>;
      const subject = { hold: (request.params as Id).id, endsAt };
      return reply.code(202).send(shown(await ask({ kind: 'hold-renew', subject, reason }, request.user)));
    },
  );
  server.post(
    '/api/holds/:id/release',
    {
      config: asking('holds:ask', 'no-such-hold', 'hold-is-over'),
      schema: { params, body: reasonBody, response: askedAnswer },
    },
    async (request, reply) => {
      const { reason } = request.body as Static<typeof reasonBody>;
      const subject = { hold: (request.params as Id).id };
      return reply.code(202).send(shown(await ask({ kind: 'hold-release', subject, reason }, request.user)));
    },
  );
  server.post(
    '/api/time/confirmation',
    { config: asking('time:confirm', 'no-jump'), schema: { body: reasonBody, response: askedAnswer } },
    async (request, reply) => {
      const { reason } = request.body as Static<typeof reasonBody>;
      return reply
        .code(202)
        .send(shown(await ask({ kind: 'time-confirm', subject: {}, reason }, request.user)));
    },
  );
}
