// The list of recordings, and one of them.

import Type, { type Static, type TSchema } from 'typebox';
import type { WebServer } from '../http/server.ts';
import type { Clock } from '../shared/clock.ts';
import { GreffierError } from '../shared/errors.ts';
import { recordingAnswer, recordingsAnswer } from './answers.ts';
import type { Catalogue, RecordingRow } from './catalogue.ts';

export interface CatalogueRoutes {
  catalogue: Catalogue;
  clock: Clock;
  /** Manifest and file sizes of a recording; undefined when it is destroyed. */
  manifestSchema: TSchema;
  evidence(row: RecordingRow): Promise<{ manifest: object; files: Record<string, number> } | undefined>;
}

const closed = { additionalProperties: false };
const listQuery = Type.Object(
  {
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  closed,
);
const params = Type.Object({ id: Type.String({ maxLength: 64 }) }, closed);

/** Adds the routes of /api/recordings. */
export function catalogueRoutes(server: WebServer, parts: CatalogueRoutes): void {
  const { catalogue, clock, evidence, manifestSchema } = parts;
  const config = { access: 'recordings:list', byClient: true };
  server.get(
    '/api/recordings',
    {
      config: { ...config, errors: ['bad-cursor'] },
      schema: { querystring: listQuery, response: recordingsAnswer },
    },
    async (request) => {
      const { cursor, limit = 50 } = request.query as Static<typeof listQuery>;
      const after = cursor ? readCursor(cursor) : undefined;
      const rows = catalogue.recordings(limit + 1, after, request.client);
      const page = rows.slice(0, limit);
      const last = rows.length > limit ? page.at(-1) : undefined;
      return {
        recordings: page.map(presented),
        next: last ? writeCursor(last) : null,
        // Of one client alone nobody has counted them.
        total: request.client === null ? catalogue.count(clock().toISOString()).recordings : null,
      };
    },
  );
  server.get(
    '/api/recordings/:id',
    {
      config: { ...config, errors: ['recording-not-found'] },
      schema: { params, response: recordingAnswer(manifestSchema) },
    },
    async (request) => {
      const { id } = request.params as Static<typeof params>;
      const row = catalogue.recording(id);
      if (!row || (request.client !== null && row.client !== request.client))
        throw new GreffierError('recording-not-found', `no recording ${id.slice(0, 36)}`, { status: 404 });
      return { ...presented(row), ...(await evidence(row)) };
    },
  );
}

/** A row as the web and the command line show it. */
export function presented(row: RecordingRow): object {
  return {
    id: row.id,
    startedAt: row.started_at,
    durationSeconds: row.milliseconds / 1000,
    direction: row.direction,
    client: row.client,
    line: { did: row.did, name: row.line_name },
    policy: row.policy,
    purpose: row.purpose,
    outside: { last4: row.last4 },
    extension: row.extension,
    consent: row.consent,
    state: row.state,
    dueAt: row.due_at,
    bytes: row.bytes,
    ...(row.destroyed_at && { tombstone: { destroyedAt: row.destroyed_at, reason: row.destroyed_reason } }),
  };
}

function writeCursor({ started_at, id }: RecordingRow): string {
  return Buffer.from(JSON.stringify([started_at, id])).toString('base64url');
}

function readCursor(cursor: string): { started_at: string; id: string } {
  try {
    const [started_at, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (typeof started_at === 'string' && typeof id === 'string') return { started_at, id };
  } catch {
    // Falls through to the refusal below.
  }
  throw new GreffierError('bad-cursor', 'the cursor is not one of ours', {
    hint: 'start from the first page',
    status: 400,
  });
}
