// Where does a recording stand? Decided from its sheet and, when the sheet stays open, from whether its channel lives.

import { lineOf, type Sheet } from '../spool/sheet.ts';

export type Progress = 'running' | 'complete' | 'interrupted';

/**
 * Complete: the dialplan closed the audio and said so. Interrupted: it never could, since every channel that the sheet
 * names is gone (Asterisk was killed). Without knowledge of the channels (Asterisk is not reachable) an open sheet is running.
 */
export function progressOf(sheet: Sheet, live: Set<string> | undefined): Progress {
  if (lineOf(sheet, 'call.end')) return 'complete';
  // A call out is recorded on the channel of the party called, which may outlive the phone that called it.
  const channels = sheet.lines.flatMap(({ values }) => values.channel ?? []);
  if (!live || channels.some((channel) => live.has(channel))) return 'running';
  return 'interrupted';
}
