// A supervisor's session as its sheet tells of it (dialplan/86-supervision.conf): asked for, granted, begun, ended. Each
// change of mode is a turn of its own.

import type { Mode } from './rules.ts';

interface Line {
  at: Date;
  event: string;
  values: Record<string, string>;
}

export interface Turn {
  turn: string;
  mode: Mode;
  /** When the supervisor began to hear, or to be heard. */
  at: Date;
}

export interface Session {
  /** Of its sheet. */
  id: string;
  /** The supervisor's extension, and the agent's; empty before it was asked for. */
  extension: string;
  agent: string;
  /** Unique id of the supervisor's channel; empty while the phone rings. */
  channel: string;
  ticket: string;
  code: string;
  /** The call listened to. */
  call: string;
  state: 'ringing' | 'asked' | 'running' | 'refused' | 'ended';
  turns: Turn[];
  /** The last wish that nobody has answered yet. */
  open: { turn: string; mode: Mode; team: string } | undefined;
  endedAt: Date | null;
  /** Why it was refused, or why it ended when that was not the supervisor's doing. */
  why: string;
}

/** The session of a sheet; undefined when the sheet is of something else. */
export function sessionOf({ id, lines }: { id: string; lines: Line[] }): Session | undefined {
  const arrival = lines.find(({ event }) => event === 'arrival')?.values;
  if (arrival?.to !== 'supervision' || arrival.direction !== 'internal') return undefined;
  const session: Session = {
    id,
    extension: arrival.extension ?? '',
    agent: '',
    channel: '',
    ticket: '',
    code: '',
    call: '',
    state: 'ringing',
    turns: [],
    open: undefined,
    endedAt: null,
    why: '',
  };
  for (const line of lines) take(session, line);
  return session;
}

function take(session: Session, { at, event, values }: Line): void {
  const { turn = '', ticket = '', agent = '', code = '', call = '', why = '' } = values;
  const mode = values.mode as Mode;
  if (ticket) session.ticket = ticket;
  if (event === 'answer') session.channel = values.channel ?? '';
  if (event === 'supervision.asked') {
    Object.assign(session, { agent, code, call, open: { turn, mode, team: values.team ?? '' } });
    if (session.state === 'ringing') session.state = 'asked';
  }
  if (event === 'supervision.begin') {
    session.turns.push({ turn, mode, at });
    Object.assign(session, { state: 'running', open: undefined });
  }
  if (event === 'supervision.refused') {
    Object.assign(session, { agent: session.agent || agent, code: session.code || code, open: undefined });
    Object.assign(session, { why, ...(session.turns.length === 0 && { state: 'refused' }) });
  }
  if (event === 'supervision.end' || event === 'call.end') {
    session.endedAt ??= at;
    session.why ||= why;
    if (session.state !== 'refused') session.state = 'ended';
  }
}

/** The mode in which it runs, or is to begin. */
export function modeOf({ turns, open }: Session): Mode {
  return turns.at(-1)?.mode ?? open?.mode ?? 'listen';
}

/** For how long somebody listened or spoke, in whole seconds. */
export function secondsOf({ turns, endedAt }: Session): number {
  const [first] = turns;
  return first && endedAt ? Math.round((endedAt.getTime() - first.at.getTime()) / 1000) : 0;
}
