// A call in progress, as its sheet tells of it. The sheet is the truth: what it does not say did not happen, and it is
// there whether or not Asterisk's events came. Of the party outside the last four digits are kept, no more (C19).

import { lineOf, type Sheet, type SheetLine } from '../spool/sheet.ts';

export type CallState = 'arriving' | 'ringing' | 'waiting' | 'talking' | 'parked';

export interface LiveCall {
  id: string;
  direction: 'inbound' | 'outbound' | 'internal';
  /** The line called, in E.164; empty but for calls that came in. */
  did: string;
  policy: string;
  /** The last four digits of the number outside; empty when it was withheld, private or short. */
  last4: string;
  /** UTC ISO 8601. */
  since: string;
  state: CallState;
  stateSince: string;
  /** Id of the queue that it came through; empty when it came through none. */
  queue: string;
  /** Our extensions on the line, each since when. */
  on: { extension: string; since: string }[];
  /** Internal number that rings, when a line or a queue does not say it. */
  rings: string;
  recorded: 'yes' | 'no' | 'paused';
  /** The party outside was told and has not objected. */
  told: boolean;
  conference: boolean;
  /** Unique ids of the channels that it lives by. */
  channels: string[];
  /** Who has served a queue in it and left again, with the time. */
  left: { extension: string; queue: string; at: string }[];
  ended: boolean;
}

/** The call of a sheet; undefined for a service of the house (a pickup, a dictation), which is no call of anybody's. */
export function liveCall(sheet: Sheet): LiveCall | undefined {
  const arrival = lineOf(sheet, 'arrival');
  const { direction, did = '', from = '', to = '', policy = '', extension = '' } = arrival?.values ?? {};
  if (!arrival || (direction !== 'inbound' && direction !== 'outbound' && direction !== 'internal'))
    return undefined;
  if (direction === 'internal' && !/^\d+$/.test(to)) return undefined;
  const since = arrival.at.toISOString();
  const call: LiveCall = {
    id: sheet.id,
    direction,
    did: did && `+${did}`,
    policy,
    last4: direction === 'internal' ? '' : lastFour(direction === 'inbound' ? from : to),
    since,
    state: direction === 'inbound' ? 'arriving' : 'ringing',
    stateSince: since,
    queue: '',
    on: extension ? [{ extension, since }] : [],
    rings: direction === 'internal' ? to : '',
    recorded: 'no',
    told: false,
    conference: false,
    channels: sheet.lines.flatMap(({ values }) => values.channel ?? []),
    left: [],
    ended: false,
  };
  for (const line of sheet.lines) STEPS[line.event]?.(call, line);
  return call;
}

type Step = (call: LiveCall, line: SheetLine) => void;

/** What each fact changes. Facts that are not listed change nothing here. */
const STEPS: Record<string, Step> = {
  'queue.join': (call, line) => {
    call.queue = line.values.queue ?? '';
    enter(call, 'waiting', line);
  },
  ringing: (call, line) => enter(call, 'ringing', line),
  answer: joins,
  joined: joins,
  transfer: (call, line) => {
    if (line.values.kind !== 'blind') return;
    seat(call, [], line);
    Object.assign(call, { rings: line.values.to ?? '', queue: '' });
    enter(call, 'ringing', line);
  },
  parked: (call, line) => {
    enter(call, 'parked', line);
    seat(call, [], line);
  },
  returned: (call, line) => {
    call.rings = line.values.extension ?? '';
    enter(call, 'ringing', line);
  },
  conference: (call) => {
    call.conference = true;
  },
  consent: (call, line) => {
    call.told = line.values.choice !== 'refused';
  },
  'recording.start': (call) => {
    call.recorded = 'yes';
  },
  'recording.stop': (call, line) => {
    call.recorded = line.values.reason === 'pause' ? 'paused' : 'no';
  },
  'recording.cut': (call) => {
    call.recorded = 'no';
  },
  'recording.destroyed': (call) => {
    Object.assign(call, { recorded: 'no', told: false });
  },
  key: (call, line) => {
    // A pause that lasted too long is not resumed.
    if (line.values.code === 'resume' && line.values.result === 'refused') call.recorded = 'no';
  },
  'call.end': (call, line) => {
    call.ended = true;
    seat(call, [], line);
  },
};

function enter(call: LiveCall, state: CallState, { at }: SheetLine): void {
  if (call.state === state) return;
  Object.assign(call, { state, stateSince: at.toISOString() });
}

/** Somebody is connected with the party: one of ours or, after a transfer out of the house, nobody of ours. */
function joins(call: LiveCall, line: SheetLine): void {
  const { extension = '' } = line.values;
  const ours = /^\d+$/.test(extension) ? [extension] : [];
  enter(call, 'talking', line);
  // A room is entered by the party too: who of ours is in it was said before.
  if (call.conference && ours.length === 0) return;
  // Whoever dialled a colleague stays on the line.
  const caller = call.direction === 'internal' ? call.on.slice(0, 1).map((one) => one.extension) : [];
  seat(call, [...new Set([...caller, ...ours])], line);
  // Before the answer the caller's phone only rang: it talks since now.
  for (const one of call.on) if (one.since < call.stateSince) one.since = call.stateSince;
}

/** Who is on the line from now on; whoever stays is there since when they came. */
function seat(call: LiveCall, extensions: string[], { at }: SheetLine): void {
  const [now, { queue }] = [at.toISOString(), call];
  const gone = call.on.filter((one) => !extensions.includes(one.extension));
  if (queue) call.left.push(...gone.map(({ extension }) => ({ extension, queue, at: now })));
  call.on = extensions.map(
    (extension) => call.on.find((one) => one.extension === extension) ?? { extension, since: now },
  );
}

function lastFour(number: string): string {
  const digits = number.replaceAll(/\D/g, '');
  // Of a short number four digits would be all of it.
  return digits.length >= 8 ? digits.slice(-4) : '';
}
