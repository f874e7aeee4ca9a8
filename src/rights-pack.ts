// What is handed to a person who asks for access (art. 15): every recording that can be given, sealed as it is; the record
// of every call; and what the audit log says of both. It leaves a trace first, for the request and for each recording.

import type { Appliance } from './appliance.ts';
import type { RecordingRow } from './catalogue/catalogue.ts';
import type { Contents, PackedCall } from './rights/contents.ts';
import { openRegister } from './rights/register.ts';
import { insistIdentified, insistKind, insistOpen, noted } from './rights/steps.ts';
import { type FoundCall, findFor, placeOf } from './rights-search.ts';
import { readSealed, type SealedRecording } from './sealed-recording.ts';
import { GreffierError } from './shared/errors.ts';

/** Listening, handing out and destroying concern the person. Why something is held is between the house and its lawyer. */
const CONCERNS = /^(play|listen|export|extract|rights-export|destroy|purge)/;
/** What readSealed says of a recording that cannot be handed out. */
const UNREADABLE = ['recording-destroyed', 'body-altered', 'details-altered'];
const DAMAGED = 'ne se lit plus / can no longer be read';

export interface Pack {
  contents: Contents;
  recordings: SealedRecording[];
  /** Notes in the register that it was handed out; to be called when it is written. */
  written(): Promise<void>;
}

/**
 * Gathers the package of a request. Returns when the audit log has it.
 * @param withhold recordings that are not to be handed out, each with the reason that the person is told (art. 15(4))
 * Throws `not-identified`, `wrong-kind`, `request-closed`, `recording-not-found`, `audit-unavailable`.
 */
export async function gatherPack(
  appliance: Appliance,
  id: string,
  by: string,
  withhold: Record<string, string> = {},
): Promise<Pack> {
  const { audit, clock, config } = appliance;
  const register = openRegister(config.state.rights);
  const request = await register.read(id);
  insistOpen(request);
  insistKind(request, 'access');
  insistIdentified(request);
  const found = await findFor(appliance, request);
  for (const other of Object.keys(withhold))
    if (!found.recordings.some((row) => row.id === other))
      throw new GreffierError('recording-not-found', `request ${id} has no recording ${other.slice(0, 36)}`);
  const given: { row: RecordingRow; sealed: SealedRecording }[] = [];
  const withheld: Contents['withheld'] = [];
  for (const row of found.recordings) {
    const why = withhold[row.id] ?? whyGone(row);
    const sealed = why === undefined ? await sealedOf(appliance, row.id) : undefined;
    if (sealed) given.push({ row, sealed });
    else withheld.push({ ...placeOf(row), reason: why ?? DAMAGED });
  }
  await audit.writeAll([
    { actor: by, action: 'rights-export', subject: id },
    ...given.map(({ row }) => ({ actor: by, action: 'rights-export', subject: id, recording: row.id })),
  ]);
  const contents: Contents = {
    request: id,
    site: config.site.name,
    madeAt: clock().toISOString(),
    recordings: given.map(({ row }) => ({
      ...placeOf(row),
      seconds: Math.round(row.milliseconds / 1000),
      goesAt: [row.due_at, row.held_until ?? ''].sort().at(-1) ?? row.due_at,
    })),
    withheld,
    calls: found.calls.map(callOf),
    log: await logOf(audit, found.recordings),
  };
  return {
    contents,
    recordings: given.map(({ sealed }) => sealed),
    async written() {
      const at = clock().toISOString();
      const recordings = given.map(({ row }) => placeOf(row));
      await register.change(id, (changed) => {
        changed.exports.push({ at, by, recordings, withheld, calls: found.calls.length });
        noted(changed, { by, now: clock() }, 'exported', `${recordings.length} recordings`);
      });
    },
  };
}

function whyGone({ state, destroyed_at }: RecordingRow): string | undefined {
  return state === 'destroyed' ? `détruit le / destroyed on ${destroyed_at}` : undefined;
}

async function sealedOf(appliance: Appliance, id: string): Promise<SealedRecording | undefined> {
  try {
    return await readSealed(appliance, id);
  } catch (error) {
    // Its place is among those that are not handed out; `greffier vault check` names the fault.
    if (error instanceof GreffierError && UNREADABLE.includes(error.code)) return undefined;
    throw error;
  }
}

/** The record of a call without the people of the house, and without what only machines need. */
function callOf({ row, record }: FoundCall): PackedCall {
  return {
    id: row.id,
    arrivedAt: row.arrived_at,
    answeredAt: row.answered_at,
    endedAt: row.ended_at,
    direction: row.direction,
    line: row.line_name || row.did,
    announcements: [...(record?.announcements ?? []), ...(record?.information ?? [])],
    consent: row.consent || null,
    recorded: row.recorded === 1,
    reason: row.reason,
  };
}

async function logOf(audit: Appliance['audit'], recordings: RecordingRow[]): Promise<Contents['log']> {
  const ours = new Set(recordings.map(({ id }) => id));
  const log: Contents['log'] = [];
  for await (const { at, recording, action, code, reason } of audit.walk())
    if (recording !== undefined && ours.has(recording) && CONCERNS.test(action))
      log.push({ at, recording, action, purpose: code ?? reason ?? '' });
  return log;
}
