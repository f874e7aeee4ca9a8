// What an incident concerns, gathered row by row from the index, the audit log, the alarms and the keys; and the package
// that it is written into. Everything can be gathered again: the log is frozen, and tombstones stay.

import { setImmediate } from 'node:timers/promises';
import type { Appliance } from './appliance.ts';
import type { AuditEntry } from './audit/journal.ts';
import type { RecordingRow } from './catalogue/catalogue.ts';
import { createTally, isAffected } from './incident/affected.ts';
import { clockOf, type Incident, type IncidentFigures, type Scope } from './incident/incident.ts';
import { type NoticeFacts, noticeEn, noticeFr } from './incident/notice.ts';
import { type Cell, layOutIncident, README } from './incident/package.ts';
import { labelOf, readPlaces } from './keys/places.ts';
import { insistFilled } from './rights-search.ts';

const PAGE = 500;
/** Listening and taking copies: what loses control of a recording. */
const ACCESS = /^(play|listen|export|extract|rights-export|rotation-headers|reencrypt)/;
const SESSION = /^log-(in|out)/;

/** Recordings that are concerned, newest first, a page at a time; between pages others have their turn. */
export async function* affected(
  { catalogue, settings }: Appliance,
  scope: Scope,
): AsyncGenerator<RecordingRow> {
  const clientOf = clientOfLine(settings.data.lines);
  if (scope.recordings.length > 0) {
    for (const id of scope.recordings) {
      const row = catalogue.recording(id);
      if (row && isAffected(row, scope, clientOf)) yield row;
    }
    return;
  }
  for (
    let page = catalogue.recordings(PAGE);
    page.length > 0;
    page = catalogue.recordings(PAGE, page.at(-1))
  ) {
    for (const row of page) {
      if (scope.madeSince !== null && row.started_at < scope.madeSince) return;
      if (isAffected(row, scope, clientOf)) yield row;
    }
    await setImmediate();
  }
}

/** Counts what is concerned. */
export async function countAffected(appliance: Appliance, scope: Scope): Promise<IncidentFigures> {
  const tally = createTally(clientOfLine(appliance.settings.data.lines));
  for await (const row of affected(appliance, scope)) tally.add(row);
  return tally.figures();
}

/** Writes the package of an incident into an empty folder. Who takes it out is in the audit log first. Throws `catalogue-stale`. */
export async function writeIncident(
  appliance: Appliance,
  incident: Incident,
  by: string,
  folder: string,
): Promise<void> {
  const { audit, alarms, clock, signer, settings, config } = appliance;
  insistFilled(appliance.catalogue);
  await audit.write({ actor: by, action: 'incident-report', subject: incident.id });
  const tally = createTally(clientOfLine(settings.data.lines));
  const ids = new Set<string>();
  async function* recordings(): AsyncGenerator<Cell[]> {
    for await (const row of affected(appliance, incident.scope)) {
      tally.add(row);
      ids.add(row.id);
      yield recordingCells(row, tally.pseudonym(row));
    }
  }
  const within = inTime(incident.scope);
  const log = (await audit.entries()).filter(within);
  const accesses = () =>
    log.filter((one) => ACCESS.test(one.action) && (!one.recording || ids.has(one.recording)));
  await layOutIncident(
    folder,
    [
      { name: 'recordings', columns: RECORDING_COLUMNS, rows: recordings() },
      // After the recordings are known.
      { name: 'accesses', columns: LOG_COLUMNS, rows: later(() => accesses().map(logCells)) },
      { name: 'log', columns: LOG_COLUMNS, rows: log.map(logCells) },
      {
        name: 'sessions',
        columns: LOG_COLUMNS,
        rows: log.filter((one) => SESSION.test(one.action)).map(logCells),
      },
      {
        name: 'alarms',
        columns: ['at', 'code', 'call'],
        rows: (await alarms.latest(Number.MAX_SAFE_INTEGER))
          .filter(within)
          .map(({ at, code, call }) => [at, code, call]),
      },
      { name: 'keys', columns: KEY_COLUMNS, rows: await keyRows(appliance) },
    ],
    async () => {
      const facts: NoticeFacts = {
        incident,
        figures: tally.figures(),
        site: config.site.name,
        clients: settings.data.clients.filter(({ id }) => id in tally.figures().clients),
        accesses: accesses().length,
        people: new Set(accesses().map(({ actor }) => actor)).size,
        signingKey: signer.fingerprint,
      };
      const known = {
        ...incident,
        figures: tally.figures(),
        clock: clockOf(incident, clock()),
        writtenAt: clock(),
      };
      return {
        'README.txt': README,
        'notice.fr.md': noticeFr(facts),
        'notice.en.md': noticeEn(facts),
        'incident.json': `${JSON.stringify({ ...known, checkpoint: undefined }, null, 2)}\n`,
        'checkpoint.txt': incident.checkpoint.text,
        'checkpoint.txt.asc': incident.checkpoint.signature,
        'appliance.asc': signer.publicKey,
      };
    },
    signer.sign,
  );
}

const RECORDING_COLUMNS =
  'recording started seconds client line purpose direction extension party state due destroyed'.split(' ');
const LOG_COLUMNS = ['at', 'actor', 'action', 'code', 'recording', 'subject'];
const KEY_COLUMNS = ['place', 'fingerprint', 'expires', 'unfit', 'retired', 'recordings'];

function recordingCells(row: RecordingRow, party: string): Cell[] {
  const { id, started_at, milliseconds, client, did, purpose, direction, extension, state, due_at } = row;
  const seconds = Math.round(milliseconds / 1000);
  return [
    id,
    started_at,
    seconds,
    client,
    did,
    purpose,
    direction,
    extension,
    party,
    state,
    due_at,
    row.destroyed_at,
  ];
}

/** A name of a user; whatever else was typed where a name is asked for may be anything, a password or a number too. */
const LOGIN = /^[a-z][a-z0-9.-]{1,31}$/;

/** Without the free text and the address, which may name people. */
function logCells({ at, actor, action, code, recording, subject }: AuditEntry): Cell[] {
  return [at, LOGIN.test(actor) ? actor : '?', action, code, recording, subject];
}

/** Keys by their fingerprints; whose they are is in their file. */
async function keyRows({ config, clock, catalogue, signer }: Appliance): Promise<Cell[][]> {
  const places = await readPlaces(config.paths, clock());
  const rows = places.flatMap((place) =>
    [
      ...place.keys.map((key) => [key, false] as const),
      ...place.retired.map((key) => [key, true] as const),
    ].map(([key, retired]): Cell[] => [
      labelOf(place),
      key.fingerprint,
      key.expires?.toISOString(),
      key.unfit,
      retired,
      catalogue.sealedTo.count(key.keyIds),
    ]),
  );
  return [...rows, ['signing', signer.fingerprint, '', '', false, '']];
}

function inTime({ since, until }: Scope): (one: { at: string }) => boolean {
  return ({ at }) => (since === null || at >= since) && (until === null || at <= until);
}

function clientOfLine(lines: { did: string; client: string }[]): (did: string) => string {
  const owners = new Map(lines.map(({ did, client }) => [did, client]));
  return (did) => owners.get(did) ?? '';
}

/** Rows that are made when they are asked for. */
function* later(rows: () => Cell[][]): Generator<Cell[]> {
  yield* rows();
}
