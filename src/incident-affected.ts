// Which recordings an incident concerns, gathered row by row from the index, and counted.

import { setImmediate } from 'node:timers/promises';
import type { Appliance } from './appliance.ts';
import type { RecordingRow } from './catalogue/catalogue.ts';
import { createTally, isAffected } from './incident/affected.ts';
import type { IncidentFigures, Scope } from './incident/incident.ts';

const PAGE = 500;

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

/** Whose line it is. */
export function clientOfLine(lines: { did: string; client: string }[]): (did: string) => string {
  const owners = new Map(lines.map(({ did, client }) => [did, client]));
  return (did) => owners.get(did) ?? '';
}
