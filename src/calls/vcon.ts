// A call's record as a vCon (draft-ietf-vcon-vcon-core-02, version 0.4.0): for programs that exchange conversations. Without
// audio and without a transcript; the sealed recording is named by id and hash, and stays where it is. Nothing of the party
// outside goes into it, no digit of the number either (C19).

import Type, { type Static } from 'typebox';
import type { Disposition } from './disposition.ts';
import type { CallRecord } from './record.ts';

const open = { additionalProperties: false };
const text = Type.String();
const whole = Type.Integer({ minimum: 0 });

export const vconSchema = Type.Object(
  {
    vcon: Type.Literal('0.4.0'),
    uuid: text,
    created_at: text,
    subject: text,
    parties: Type.Array(Type.Object({ name: text, tel: Type.Optional(text) }, open)),
    dialog: Type.Array(
      Type.Object(
        {
          type: Type.Enum(['recording', 'incomplete']),
          start: text,
          duration: Type.Optional(Type.Number({ minimum: 0 })),
          parties: Type.Array(whole),
          originator: whole,
          disposition: Type.Optional(text),
        },
        open,
      ),
    ),
    attachments: Type.Array(
      Type.Object(
        {
          purpose: text,
          start: text,
          party: whole,
          dialog: Type.Optional(whole),
          encoding: Type.Literal('json'),
          body: text,
        },
        open,
      ),
    ),
  },
  open,
);
export type Vcon = Static<typeof vconSchema>;

/** What a vCon says of the sealed recording of a call. */
export interface SealedAs {
  id: string;
  state: string;
  milliseconds: number;
  startedAt: string;
  dueAt: string;
  body: { bytes: number; sha256: string };
}

/** In the words of the draft, of a call that nobody answered. */
const INCOMPLETE: Record<Exclude<Disposition, 'answered'>, string> = {
  unanswered: 'no-answer',
  busy: 'busy',
  failed: 'failed',
  abandoned: 'hung-up',
  rejected: 'failed',
};
const OUTSIDE = 0;

/** @param sealed undefined when the call was not recorded, or its recording was destroyed */
export function vconOf(record: CallRecord, sealed: SealedAs | undefined): Vcon {
  const { id, arrivedAt, endedAt, line, extensions, direction } = record;
  const parties = [
    // Between extensions nobody is outside.
    { name: direction === 'internal' ? 'inside' : 'outside' },
    { name: line.name || 'inside', ...(line.did && { tel: line.did }) },
    ...extensions.map(({ extension }) => ({ name: `extension ${extension}` })),
  ];
  const dialog = dialogOf(record, sealed, parties.length);
  const place = {
    start: arrivedAt,
    party: 1,
    ...(dialog.length && { dialog: 0 }),
    encoding: 'json' as const,
  };
  return {
    vcon: '0.4.0',
    uuid: id,
    created_at: endedAt ?? arrivedAt,
    subject: `${direction} call, ${record.disposition}`,
    parties,
    dialog,
    attachments: [
      { purpose: 'greffier-call-record', ...place, body: JSON.stringify(told(record)) },
      ...(sealed ? [{ purpose: 'greffier-sealed-recording', ...place, body: JSON.stringify(sealed) }] : []),
    ],
  };
}

function dialogOf(record: CallRecord, sealed: SealedAs | undefined, count: number): Vcon['dialog'] {
  const { disposition, arrivedAt, direction } = record;
  const common = {
    parties: Array.from({ length: count }, (_, party) => party),
    originator: direction === 'inbound' ? OUTSIDE : 1,
  };
  if (disposition !== 'answered')
    return [{ type: 'incomplete', start: arrivedAt, ...common, disposition: INCOMPLETE[disposition] }];
  if (!sealed) return [];
  return [{ type: 'recording', start: sealed.startedAt, duration: sealed.milliseconds / 1000, ...common }];
}

/** What was said to the caller, what was decided, and how it ended. */
function told({
  announcements,
  information,
  draw,
  consent,
  pauses,
  disposition,
  ...rest
}: CallRecord): object {
  const { answeredAt, waitingMs, policy, recorded, reason } = rest;
  return {
    announcements,
    information,
    draw,
    consent,
    pauses,
    disposition,
    answeredAt,
    waitingMs,
    policy,
    recorded,
    reason,
  };
}
