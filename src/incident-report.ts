// What an incident concerns, gathered row by row from the index, the audit log, the alarms and the keys; and the package
// that it is written into. Everything can be gathered again: the log is frozen, and tombstones stay.

import type { Appliance } from './appliance.ts';
import type { AuditEntry } from './audit/journal.ts';
import type { RecordingRow } from './catalogue/catalogue.ts';
import { createTally } from './incident/affected.ts';
import { clockOf, type Incident } from './incident/incident.ts';
import { noticeEn, noticeFr } from './incident/notice.ts';
import { type Cell, layOutIncident, README } from './incident/package.ts';
import { affected, clientOfLine } from './incident-affected.ts';
import { factsOf, inTime, isAccess, logIn } from './incident-notice.ts';
import { labelOf, readPlaces } from './keys/places.ts';
import { insistFilled } from './rights-search.ts';

const SESSION = /^log-(in|out)/;

/** Writes the package of an incident into an empty folder. Who takes it out is in the audit log first. Throws `catalogue-stale`. */
export async function writeIncident(
  appliance: Appliance,
  incident: Incident,
  by: string,
  folder: string,
): Promise<void> {
  const { audit, alarms, clock, signer, settings } = appliance;
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
  const log = await logIn(appliance, within);
  const accesses = () => log.filter((one) => isAccess(one, ids));
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
      const facts = factsOf(appliance, incident, tally.figures(), accesses());
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

/** Rows that are made when they are asked for. */
function* later(rows: () => Cell[][]): Generator<Cell[]> {
  yield* rows();
}
