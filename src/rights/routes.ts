// The rights desk over HTTP. Numbers come in the body, never in an address: addresses are written into logs.

import Type, { type Static, type TSchema } from 'typebox';
import type { WebServer } from '../http/server.ts';
import {
  erasureAnswer,
  foundAnswer,
  openedAnswer,
  requestAnswer,
  requestsAnswer,
  wholeAnswer,
} from './answers.ts';
import { dueAt, type Figures, statusOf } from './deadline.ts';
import { CHANNELS, ENDINGS, KINDS, type Request } from './request.ts';

const closed = { additionalProperties: false };
const text = (maxLength: number, minLength = 0) => Type.String({ minLength, maxLength });
const number = text(40, 3);
const params = Type.Object({ id: Type.String({ pattern: '^\\d{4}-\\d{4,6}$' }) }, closed);
const openBody = Type.Object(
  {
    kind: Type.Enum([...KINDS]),
    channel: Type.Enum([...CHANNELS]),
    receivedAt: Type.Optional(text(40)),
    reference: Type.Optional(text(120)),
    note: Type.Optional(text(2_000)),
    name: Type.Optional(text(200)),
    contact: Type.Optional(text(300)),
    numbers: Type.Optional(Type.Array(number, { maxItems: 20 })),
  },
  closed,
);
const identityBody = Type.Object({ how: text(500, 3) }, closed);
const extendBody = Type.Object({ reason: text(2_000, 3), toldAt: text(40, 10) }, closed);
const searchBody = Type.Object(
  {
    numbers: Type.Optional(Type.Array(number, { maxItems: 20 })),
    calls: Type.Optional(Type.Array(text(36, 36), { maxItems: 200 })),
  },
  closed,
);
const closeBody = Type.Object({ how: Type.Enum([...ENDINGS]) }, closed);

const MISSING = ['no-such-request'];
const AT_WORK = [...MISSING, 'request-closed', 'busy'];

type Params = Static<typeof params>;
export type OpenBody = Static<typeof openBody>;
export type SearchBody = Static<typeof searchBody>;

/** What the routes need of the rest of the program. */
export interface RightsRoutes {
  now(): Date;
  /** Of a recording, as the list of recordings shows it. */
  recordingFields: Record<string, TSchema>;
  list(): Promise<Request[]>;
  figures(): Promise<Figures>;
  show(id: string): Promise<Request>;
  open(user: string, body: OpenBody): Promise<Request>;
  identify(user: string, id: string, how: string): Promise<Request>;
  extend(user: string, id: string, body: Static<typeof extendBody>): Promise<Request>;
  /** Adds numbers and calls first, when there are any. */
  search(user: string, id: string, body: SearchBody): Promise<object>;
  close(user: string, id: string, how: Static<typeof closeBody>['how']): Promise<Request>;
  /** Asks for the approval of a second person. */
  erase(user: string, id: string): Promise<{ approval: string }>;
}

/** One step of a request: what it takes, what it answers, and what stands in its way. */
interface Step {
  body?: object;
  response?: object;
  errors?: string[];
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
    { config: { ...read, errors: MISSING }, schema: { params, response: wholeAnswer } },
    async (request) => {
      const found = await desk.show((request.params as Params).id);
      return { ...shown(found), ...found };
    },
  );

  server.post(
    '/api/rights',
    {
      config: { ...work, errors: ['bad-received', 'bad-number'] },
      schema: { body: openBody, response: openedAnswer },
    },
    async ({ user, body }, reply) => reply.code(201).send(shown(await desk.open(user, body as OpenBody))),
  );

  const on = <B>(
    name: string,
    { body, response = requestAnswer, errors = [] }: Step,
    does: (user: string, id: string, body: B) => Promise<object>,
  ) =>
    server.post(
      `/api/rights/:id/${name}`,
      {
        config: { ...work, errors: [...AT_WORK, ...errors] },
        schema: { params, response, ...(body && { body }) },
      },
      async (request) => does(request.user, (request.params as Params).id, request.body as B),
    );
  on<Static<typeof identityBody>>(
    'identity',
    { body: identityBody, errors: ['no-text'] },
    async (user, id, { how }) => shown(await desk.identify(user, id, how)),
  );
  on<Static<typeof extendBody>>(
    'extension',
    { body: extendBody, errors: ['no-text', 'extended-before', 'too-late'] },
    async (user, id, body) => shown(await desk.extend(user, id, body)),
  );
  on<SearchBody>(
    'search',
    {
      body: searchBody,
      response: foundAnswer(desk.recordingFields),
      errors: ['bad-number', 'call-not-found'],
    },
    (user, id, body) => desk.search(user, id, body),
  );
  on<Static<typeof closeBody>>(
    'close',
    { body: closeBody, errors: ['not-answered', 'still-held'] },
    async (user, id, { how }) => shown(await desk.close(user, id, how)),
  );
  on('erasure', { response: erasureAnswer, errors: ['not-identified', 'wrong-kind'] }, (user, id) =>
    desk.erase(user, id),
  );
}

/** A request as lists show it: nothing of the person. */
export function presented(request: Request, now: Date): object {
  const { id, kind, channel, receivedAt, identity, parties } = request;
  const [due, status] = [dueAt(request).toISOString(), statusOf(request, now)];
  return {
    id,
    kind,
    channel,
    receivedAt,
    dueAt: due,
    status,
    identified: identity !== null,
    numbers: parties.length,
  };
}
