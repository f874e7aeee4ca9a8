// How a call ended, in one word, whatever way of connecting it said so.

import { lineOf, type Sheet } from '../spool/sheet.ts';

export const DISPOSITIONS = ['answered', 'unanswered', 'busy', 'failed', 'abandoned', 'rejected'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** Of what Dial and Queue say of themselves, and a line outside its hours. */
const BY_STATUS: Record<string, Disposition> = {
  BUSY: 'busy',
  NOANSWER: 'unanswered',
  TIMEOUT: 'unanswered',
  CANCEL: 'abandoned',
  FULL: 'rejected',
  JOINEMPTY: 'rejected',
  LEAVEEMPTY: 'rejected',
  JOINUNAVAIL: 'rejected',
  LEAVEUNAVAIL: 'rejected',
  DONTCALL: 'rejected',
  TORTURE: 'rejected',
  WITHDRAW: 'rejected',
  CLOSED: 'rejected',
};

/** Q.850: user busy, call rejected, unallocated number. */
const BY_CAUSE: Record<string, Disposition> = { 17: 'busy', 21: 'rejected', 1: 'rejected' };

/** Somebody is tried, or was. */
const TRIED = ['ringing', 'queue.join', 'unanswered', 'queue.leave'];

/**
 * How the call ended. Abandoned: the caller hung up before anybody answered. Failed: it could not be connected, or
 * Asterisk ended before the call did.
 */
export function dispositionOf(sheet: Sheet): Disposition {
  if (lineOf(sheet, 'answer') || lineOf(sheet, 'joined')) return 'answered';
  // A caller whom a queue let go may have left the next place on their own.
  const last = sheet.lines.findLast(({ event }) => TRIED.includes(event));
  const status = last?.values.status;
  if (status) return BY_STATUS[status] ?? 'failed';
  const end = sheet.lines.findLast(({ event }) => event === 'call.end');
  return end ? (BY_CAUSE[end.values.cause ?? ''] ?? 'abandoned') : 'failed';
}
