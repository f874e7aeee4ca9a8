// What may be done to a request, and when. Each step changes the request it is given, or throws and leaves it.

import { addDuration } from '../shared/duration.ts';
import { GreffierError } from '../shared/errors.ts';
import { FIRST_MONTH } from './deadline.ts';
import type { Kind, Request } from './request.ts';

/** How long the register says who asked, once a request has ended. */
export const REMEMBERED = 'P1Y';

/** Who does it, and when. */
export interface Doing {
  by: string;
  now: Date;
}

/** Adds a line to what was done. */
export function noted(request: Request, { by, now }: Doing, what: string, note = ''): void {
  request.history.push({ at: now.toISOString(), by, what, note });
}

/** Says how the person showed who they are (art. 12(6)): the kind of document or call back, never its number. */
export function identify(request: Request, how: string, doing: Doing): void {
  insistOpen(request);
  request.identity = { how: filled(how, 'how the identity was checked'), by: doing.by, at: at(doing) };
  noted(request, doing, 'identified');
}

/**
 * Prolongs the month to three. The person has to be told within the first month, with the reason (art. 12(3)).
 * Throws `too-late`, `extended-before`.
 */
export function extend(request: Request, reason: string, toldAt: Date, doing: Doing): void {
  insistOpen(request);
  if (request.extension)
    throw refusal('extended-before', `request ${request.id} was prolonged before; it can be once`);
  const last = addDuration(new Date(request.receivedAt), FIRST_MONTH);
  if (!(toldAt.getTime() <= Math.min(last.getTime(), doing.now.getTime())))
    throw refusal('too-late', `the person must have been told by ${last.toISOString()}, and before now`);
  const told = {
    reason: filled(reason, 'the reason to prolong'),
    toldAt: toldAt.toISOString(),
    by: doing.by,
  };
  request.extension = told;
  request.reminded = [];
  noted(request, doing, 'extended');
}

/** Adds numbers, by their fingerprints, and calls that it is about. */
export function attach(
  request: Request,
  { parties = [], calls = [] }: Partial<Pick<Request, 'parties' | 'calls'>>,
  doing: Doing,
): void {
  insistOpen(request);
  for (const party of parties)
    if (!request.parties.some(({ fingerprint }) => fingerprint === party.fingerprint))
      request.parties.push(party);
  request.calls = [...new Set([...request.calls, ...calls])];
  noted(request, doing, 'attached', `${parties.length} numbers, ${calls.length} calls`);
}

/** Keeps in words what is to be corrected (art. 16) or restricted (art. 18). No recording is changed by it. */
export function writeNote(request: Request, note: string, doing: Doing): void {
  insistOpen(request);
  request.note = filled(note, 'the note');
  noted(request, doing, 'note');
}

/** Says what was answered, and when that was sent. Throws `not-done` for what the register does not bear out. */
export function answer(
  request: Request,
  outcome: NonNullable<Request['answer']>['outcome'],
  reason: string,
  doing: Doing,
): void {
  insistOpen(request);
  if (outcome === 'refused') filled(reason, 'the reason of a refusal (art. 12(4))');
  else if (!isDone(request))
    throw refusal(
      'not-done',
      `request ${request.id} (${request.kind}) cannot be ${outcome}: it was not done yet`,
    );
  request.answer = { at: at(doing), by: doing.by, outcome, reason };
  noted(request, doing, 'answered', outcome);
}

/**
 * Ends a request. Throws `not-answered` when it was to be answered first, and `still-held` while a hold keeps what the
 * person wanted erased: once the hold has ended, it is to be erased.
 */
export function close(request: Request, how: NonNullable<Request['closed']>['how'], doing: Doing): void {
  if (request.closed) throw refusal('request-closed', `request ${request.id} is closed`);
  if (how === 'answered' && !request.answer)
    throw refusal('not-answered', `request ${request.id} was not answered yet`);
  if (how === 'answered' && request.erasure?.recordings.some(({ outcome }) => outcome === 'held'))
    throw refusal('still-held', `request ${request.id} has recordings that a hold keeps from being erased`);
  request.closed = { at: at(doing), by: doing.by, how };
  noted(request, doing, 'closed', how);
}

/** True when the register has nothing more to know of the person. */
export function isForgettable({ closed, forgottenAt }: Request, now: Date): boolean {
  if (!closed || forgottenAt) return false;
  return addDuration(new Date(closed.at), REMEMBERED).getTime() <= now.getTime();
}

/** Takes the person out. What stays says that there was a request, of what kind, and how long it took. */
export function forget(request: Request, now: Date): void {
  const gone = { reference: '', person: null, parties: [], calls: [], note: '', found: null, exports: [] };
  Object.assign(request, gone);
  if (request.identity) request.identity.how = '';
  if (request.extension) request.extension.reason = '';
  if (request.answer) request.answer.reason = '';
  if (request.erasure) Object.assign(request.erasure, { recordings: [], calls: [] });
  for (const line of request.history) line.note = '';
  request.forgottenAt = now.toISOString();
}

/** Throws `request-closed` once it has ended. */
export function insistOpen({ id, closed }: Request): void {
  if (closed) throw refusal('request-closed', `request ${id} is closed`);
}

/** Throws `wrong-kind` unless the request is of one of these kinds. */
export function insistKind({ id, kind }: Request, ...kinds: Kind[]): void {
  if (!kinds.includes(kind))
    throw refusal('wrong-kind', `request ${id} is one of ${kind}, not of ${kinds.join(', ')}`);
}

/** Nothing leaves and nothing goes before it is known who asks. Throws `not-identified`. */
export function insistIdentified({ id, identity }: Request): void {
  if (identity) return;
  throw new GreffierError('not-identified', `nobody has checked who asks in request ${id}`, {
    hint: `greffier rights identify ${id} --how TEXT`,
    status: 409,
  });
}

function isDone({ kind, found, exports, erasure, objection, note }: Request): boolean {
  const nothing = found !== null && found.recordings.length === 0 && found.calls === 0;
  if (kind === 'access') return exports.length > 0 || nothing;
  if (kind === 'erasure') return typeof erasure?.doneAt === 'string' || nothing;
  return kind === 'objection' ? objection !== null : note !== '';
}

function filled(value: string, what: string): string {
  if (value.trim()) return value.trim();
  throw new GreffierError('no-text', `${what} is empty`, { status: 400 });
}

function at({ now }: Doing): string {
  return now.toISOString();
}

function refusal(code: string, message: string): GreffierError {
  return new GreffierError(code, message, { status: 409 });
}
