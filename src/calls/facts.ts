// What a call's sheet says of the call, for its record, its manifest and the catalogue. Times are null when the fact is
// missing: what the sheet does not say did not happen.

import { lineOf, type Sheet, type SheetLine } from '../spool/sheet.ts';

export interface Told {
  id: string;
  sha256: string;
  startedAt: Date;
  /** Null when it was not heard to its end. */
  heardToTheEndAt: Date | null;
}

export interface CallFacts {
  id: string;
  direction: string;
  /** The line called, in E.164; empty for calls that no line of ours received. */
  did: string;
  /** The other party's number as it came; empty when it was withheld, private, or the call stayed inside. */
  outsideNumber: string;
  outsideName: string;
  /** The internal number that was dialled; empty but for internal calls. */
  dialled: string;
  /** Category of the rules that held, policy and generation: empty when the call matched none. */
  rules: string;
  policy: string;
  generation: string;
  channelId: string;
  linkedId: string;
  /** Extensions that took part, in the order in which they joined; a party outside is not among them. */
  extensions: { extension: string; at: Date }[];
  arrivedAt: Date;
  announcements: Told[];
  information: Told[];
  answeredAt: Date | null;
  endedAt: Date | null;
}

/** Gathers the facts of a sheet. Undefined when the sheet does not even tell of the arrival. */
export function callFacts(sheet: Sheet): CallFacts | undefined {
  const arrival = lineOf(sheet, 'arrival');
  if (!arrival) return undefined;
  const { direction = '', did = '', from = '', to = '', name = '', ...rest } = arrival.values;
  const answer = sheet.lines.find(({ event }) => event === 'answer' || event === 'joined');
  return {
    id: sheet.id,
    direction,
    did: did && `+${did}`,
    outsideNumber: direction === 'inbound' ? from : direction === 'outbound' ? to : '',
    outsideName: direction === 'inbound' ? name : '',
    dialled: direction === 'internal' ? to : '',
    rules: rest.rules ?? '',
    policy: rest.policy ?? '',
    generation: rest.generation ?? '',
    channelId: rest.channel ?? '',
    linkedId: rest.linked ?? rest.channel ?? '',
    extensions: extensionsOf(sheet),
    arrivedAt: arrival.at,
    announcements: toldBy(sheet, 'announcement'),
    information: toldBy(sheet, 'information'),
    answeredAt: answer?.at ?? null,
    endedAt: lineOf(sheet, 'call.end')?.at ?? sheet.lines.at(-1)?.at ?? null,
  };
}

/** What was played, each once from its last start: whoever asks for more information hears the notice anew. */
function toldBy(sheet: Sheet, what: 'announcement' | 'information'): Told[] {
  const told: Told[] = [];
  for (const { event, at, values } of sheet.lines) {
    const { id = '', sha256 = '' } = values;
    const last = told.at(-1);
    if (event === `${what}.start`) {
      if (last && !last.heardToTheEndAt && last.id === id) told.pop();
      told.push({ id, sha256, startedAt: at, heardToTheEndAt: null });
    }
    if (event === `${what}.end` && last && !last.heardToTheEndAt) last.heardToTheEndAt = at;
  }
  return told;
}

const JOINING = ['arrival', 'answer', 'joined'];

function extensionsOf(sheet: Sheet): CallFacts['extensions'] {
  return sheet.lines.filter(joinsOurs).flatMap(({ values, at }, index, all) => {
    const { extension = '' } = values;
    return all[index - 1]?.values.extension === extension ? [] : [{ extension, at }];
  });
}

function joinsOurs({ event, values }: SheetLine): boolean {
  return JOINING.includes(event) && /^\d+$/.test(values.extension ?? '');
}
