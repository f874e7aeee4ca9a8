// Calls as their sheets tell of them.

import { callFacts } from '../../../src/calls/facts.ts';
import type { CallRecord } from '../../../src/calls/record.ts';
import { type RecordContext, writeRecord } from '../../../src/calls/write-record.ts';
import { parseSheet, type Sheet } from '../../../src/spool/sheet.ts';
import { CALL, sheetText } from './world.ts';

/** A sheet with those facts, a second between each two. */
export function sheetOf(...facts: string[]): Sheet {
  return parseSheet(CALL, sheetText(...facts));
}

const CONTEXT: RecordContext = {
  site: 'Démonstration',
  client: 'demo',
  lineName: 'Accueil',
  outside: { last4: '5678', fingerprint: 'f00d' },
  recorded: true,
  reason: null,
};

/** The record of a call with those facts, which was recorded unless told otherwise. */
export function recordOf(id: string, ...facts: string[]): CallRecord {
  const sheet = { ...sheetOf(...facts), id };
  const known = callFacts(sheet);
  if (!known) throw new Error('the sheet tells of no arrival');
  return writeRecord(sheet, known, CONTEXT);
}
