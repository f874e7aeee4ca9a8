// Where a call stands that is still in progress, in one word.

import type { Sheet } from '../spool/sheet.ts';

/** What the last fact of a kind says of the call's state. Facts that are not listed change nothing. */
const STATES: Record<string, string> = {
  arrival: 'arrived',
  'announcement.start': 'announced',
  'queue.join': 'waiting',
  ringing: 'ringing',
  answer: 'connected',
  joined: 'connected',
  conference: 'connected',
  'recording.start': 'recording',
  'recording.destroyed': 'connected',
  parked: 'parked',
  unparked: 'connected',
  unanswered: 'ended',
  'call.end': 'ended',
};

/** The state of a call: arrived, announced, waiting, ringing, connected, recording, paused, parked or ended. */
export function stateOf(sheet: Sheet): string {
  let [state, recording] = ['arrived', false];
  for (const { event, values } of sheet.lines) {
    const paused = event === 'recording.stop' && values.reason === 'pause';
    if (event.startsWith('recording.')) recording = event === 'recording.start';
    if (event === 'recording.stop') state = paused ? 'paused' : 'connected';
    const next = STATES[event];
    // A recording may begin before the parties are connected; once they are, it is what the call is doing.
    if (next) state = next === 'connected' && recording ? 'recording' : next;
  }
  return state;
}
