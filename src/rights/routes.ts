// The rights desk over HTTP: the register, and each step of a request.

import type { TSchema } from 'typebox';
import type { WebServer } from '../http/server.ts';
import {
  candidatesAnswer,
  erasureAnswer,
  foundAnswer,
  openedAnswer,
  requestAnswer,
  requestsAnswer,
  wholeAnswer,
} from './answers.ts';
import * as bodies from './bodies.ts';
import { dueAt, type Figures, statusOf, stoppedAt } from './deadline.ts';
import type { Request } from './request.ts';

const MISSING = ['no-such-request'];
const AT_WORK = [...MISSING, 'request-closed', 'busy'];

/** What the routes need of the rest of the program. */
export interface RightsRoutes {
  now(): Date;
  /** Of a recording, as the list of recordings shows it. */
  recordingFields: Record<string, TSchema>;
  list(): Promise<Request[]>;
  figures(): Promise<Figures>;
  show(id: string): Promise<Request>;
  open(user: string, body: bodies.OpenBody): Promise<Request>;
  identify(user: string, id: string, how: string): Promise<Request>;
  extend(user: string, id: string, body: bodies.ExtendBody): Promise<Request>;
  /** Adds numbers and calls first, when there are any. */
  search(user: string, id: string, body: bodies.SearchBody): Promise<object>;
  /** Calls by day, line and extension: of other people, too. Throws `bad-date`. */
  find(user: string, id: string, body: bodies.FindBody): Promise<object[]>;
  note(user: string, id: string, text: string): Promise<Request>;
  /** Puts the numbers on the list of those that are never recorded again. */
  object(user: string, id: string, numbers: string[]): Promise<Request>;
  answer(user: string, id: string, body: bodies.AnswerBody): Promise<Request>;
  close(user: string, id: string, how: bodies.CloseBody['how']): Promise<Request>;
  /** Asks for the approval of a second person. */
  erase(user: string, id: string): Promise<{ approval: string }>;
}

/** One step of a request: what it takes, what it answers, and what stands in its way. */
interface Step {
  body?: object;
  response?: object;
  errors?: string[];
  stepUp?: boolean;
}

/** Adds the routes of /api/rights. */
export function rightsRoutes(server: WebServer, desk: RightsRoutes): void {
  const [read, work] = [{ access: 'rights:read' }, { access: 'rights:work' }];
  const shown = (request: Request) => presented(request, desk.now());

  server.get('/api/rights', { config: read, schema: { response: requestsAnswer } }, async () => ({
    figures: await desk.figures(),
    requests: (await desk.list()).map(shown),
  }));

  server.get(
    '/api/rights/:id',
    { config: { ...read, errors: MISSING }, schema: { params: bodies.params, response: wholeAnswer } },
    async (request) => {
      const found = await desk.show((request.params as bodies.Params).id);
      return { ...shown(found), ...found };
    },
  );

  server.post(
    '/api/rights',
    {
      config: { ...work, errors: ['bad-received', 'bad-number'] },
      schema: { body: bodies.openBody, response: openedAnswer },
    },
    async ({ user, body }, reply) =>
      reply.code(201).send(shown(await desk.open(user, body as bodies.OpenBody))),
  );

  const on = <B>(
    name: string,
    { body, response = requestAnswer, errors = [], stepUp = false }: Step,
    does: (user: string, id: string, body: B) => Promise<object>,
  ) =>
    server.post(
      `/api/rights/:id/${name}`,
      {
        config: { ...work, errors: [...AT_WORK, ...errors], ...(stepUp && { stepUp }) },
        schema: { params: bodies.params, response, ...(body && { body }) },
      },
      async (request) => does(request.user, (request.params as bodies.Params).id, request.body as B),
    );
  on<bodies.IdentityBody>(
    'identity',
    { body: bodies.identityBody, errors: ['no-text'] },
    async (user, id, { how }) => shown(await desk.identify(user, id, how)),
  );
  on<bodies.ExtendBody>(
    'extension',
    { body: bodies.extendBody, errors: ['no-text', 'extended-before', 'too-late'] },
    async (user, id, body) => shown(await desk.extend(user, id, body)),
  );
  on<bodies.SearchBody>(
    'search',
    {
      body: bodies.searchBody,
      response: foundAnswer(desk.recordingFields),
      errors: ['bad-number', 'call-not-found'],
    },
    (user, id, body) => desk.search(user, id, body),
  );
  on<bodies.FindBody>(
    'find',
    { body: bodies.findBody, response: candidatesAnswer, errors: ['bad-date', 'bad-period'] },
    async (user, id, body) => ({ calls: await desk.find(user, id, body) }),
  );
  on<bodies.NoteBody>('note', { body: bodies.noteBody, errors: ['no-text'] }, async (user, id, { text }) =>
    shown(await desk.note(user, id, text)),
  );
  on<bodies.ObjectionBody>(
    'objection',
    { body: bodies.objectionBody, errors: ['bad-number', 'wrong-kind'] },
    async (user, id, { numbers }) => shown(await desk.object(user, id, numbers)),
  );
  on<bodies.AnswerBody>(
    'answer',
    { body: bodies.answerBody, errors: ['no-text', 'not-done'] },
    async (user, id, body) => shown(await desk.answer(user, id, body)),
  );
  on<bodies.CloseBody>(
    'close',
    { body: bodies.closeBody, errors: ['not-answered', 'still-held'] },
    async (user, id, { how }) => shown(await desk.close(user, id, how)),
  );
  on(
    'erasure',
    { response: erasureAnswer, errors: ['not-identified', 'wrong-kind'], stepUp: true },
    (user, id) => desk.erase(user, id),
  );
}

/** A request as lists show it: nothing of the person. */
export function presented(request: Request, now: Date): object {
  const { id, kind, channel, receivedAt, identity, parties, extension } = request;
  return {
    id,
    kind,
    channel,
    receivedAt,
    dueAt: dueAt(request).toISOString(),
    status: statusOf(request, now),
    identified: identity !== null,
    numbers: parties.length,
    extended: extension !== null,
    stoppedAt: stoppedAt(request)?.toISOString() ?? null,
  };
}
