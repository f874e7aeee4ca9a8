// Do all accounts of the calls tell the same? Call records, recordings, tombstones, the index, the spool and Asterisk's
// own events are compared both ways; whatever one tells and another does not is a drift (promise 6).

import type { CelEvent } from '../asterisk/cel.ts';
import { celDrifts } from './drift-cel.ts';
import type { CallRecord } from './record.ts';

export interface Drift {
  /** Stable: call-without-record, record-without-call, recording-missing, … */
  kind: string;
  /** A call, or Asterisk's name of one. */
  id: string;
  at: string;
  what: string;
}

export interface Waiting {
  id: string;
  linkedId: string;
  /** Last change of its files. */
  changedAt: Date;
  /** True while its channel lives. */
  live: boolean;
}

export interface Accounts {
  now: Date;
  records: CallRecord[];
  /** Folders in the vault, and tombstones: id and day (UTC). */
  recordings: Map<string, Date>;
  tombstones: Map<string, Date>;
  /** Rows of the index, by id: their time. */
  callRows: Map<string, string>;
  recordingRows: Map<string, string>;
  spool: Waiting[];
  cel: CelEvent[];
}

const SPOOL_MS = 60_000;
/** Parties that were connected for less may not have said a word. */
const SPOKEN_MS = 2_000;
/** Reasons that explain nothing when both parties agreed and the draw had chosen the call. */
const NO_REASONS = ['no-audio', 'unanswered', 'hung-up-before', 'recording-not-started', 'consent-unknown'];

/** Every drift. What is in the spool is still on its way and is looked at for its age only. */
export function driftsOf(accounts: Accounts): Drift[] {
  const onTheWay = new Set(accounts.spool.map(({ id }) => id));
  const drifts = [...vaultDrifts(accounts), ...indexDrifts(accounts)].filter(({ id }) => !onTheWay.has(id));
  return [...drifts, ...spoolDrifts(accounts), ...celDrifts(accounts)];
}

function vaultDrifts({ records, recordings, tombstones }: Accounts): Drift[] {
  const known = new Map(records.map((record) => [record.id, record]));
  const untold = [...recordings, ...tombstones].flatMap(([id, day]): Drift[] => {
    const at = day.toISOString();
    const record = known.get(id);
    if (!record) return [{ kind: 'recording-without-record', id, at, what: 'it has no call record' }];
    const what = 'its call record says that it was not recorded';
    return record.recorded ? [] : [{ kind: 'recording-denied', id, at, what }];
  });
  const missing = records.flatMap((record): Drift[] => {
    const { id, arrivedAt: at, recorded } = record;
    if (recorded && !recordings.has(id) && !tombstones.has(id))
      return [{ kind: 'recording-missing', id, at, what: 'neither recording nor tombstone is in the vault' }];
    if (!recorded && wasDemanded(record))
      return [{ kind: 'not-recorded', id, at, what: `agreed and chosen, and yet: ${record.reason}` }];
    return [];
  });
  return [...untold, ...missing];
}

/** True for an answered call that was to be recorded, when its reason does not explain why it was not. */
function wasDemanded({ disposition, consent, draw, reason, answeredAt, endedAt }: CallRecord): boolean {
  if (disposition !== 'answered' || !consent || consent === 'refused' || !draw?.chosen) return false;
  const spoken = new Date(endedAt ?? 0).getTime() - new Date(answeredAt ?? 0).getTime();
  return spoken >= SPOKEN_MS && (reason === null || NO_REASONS.includes(reason));
}

function indexDrifts({ records, recordings, tombstones, callRows, recordingRows }: Accounts): Drift[] {
  const calls = new Map(records.map(({ id, arrivedAt }) => [id, arrivedAt]));
  const kept = new Map([...recordings, ...tombstones].map(([id, day]) => [id, day.toISOString()]));
  return [
    ...notIn(calls, callRows, 'call-not-in-index', 'the index does not list the call'),
    ...notIn(callRows, calls, 'index-without-call', 'the index lists a call that has no record'),
    ...notIn(kept, recordingRows, 'recording-not-in-index', 'the index does not list the recording'),
    ...notIn(recordingRows, kept, 'index-without-recording', 'the index lists a recording that is not there'),
  ];
}

function notIn(one: Map<string, string>, other: Map<string, string>, kind: string, what: string): Drift[] {
  return [...one].flatMap(([id, at]) => (other.has(id) ? [] : [{ kind, id, at, what }]));
}

function spoolDrifts({ spool, now }: Accounts): Drift[] {
  return spool.flatMap(({ id, changedAt, live }) => {
    if (live || now.getTime() - changedAt.getTime() < SPOOL_MS) return [];
    const what = 'it waits in the spool for more than a minute, and its channel is gone';
    return [{ kind: 'left-in-spool', id, at: changedAt.toISOString(), what }];
  });
}
