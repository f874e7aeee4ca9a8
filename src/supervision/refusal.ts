// How a refusal is told to the supervisor: each reason has a code of its own, and says what would help.

import { GreffierError } from '../shared/errors.ts';
import type { Mode, Refusal } from './rules.ts';

/** What a supervisor asks for. */
export interface WishedSession {
  /** The agent's extension. */
  extension: string;
  mode: Mode;
  /** Reason code, and words where the list does not say it. */
  code: string;
  words: string;
  /** Which of the supervisor's own phones is to ring; left out, the first. */
  phone?: string | undefined;
}

const TOLD: Record<Refusal, [says: string, hint: string]> = {
  'not-a-supervisor': ['you supervise no team', 'the teams are in the settings (C14)'],
  'no-extension': ['that is no phone of yours', 'the settings say which extensions are whose'],
  'other-team': ['extension is in no team of yours', 'the teams are in the settings (C14)'],
  'mode-not-permitted': ['the team does not permit that mode', 'the settings say which modes it permits'],
  'outside-window': ['outside the hours in which this is permitted', 'the hours are in the settings (C13)'],
  excluded: ['calls of staff representatives are never listened to', 'no setting changes that (C10)'],
  'not-informed': ['the agent has not been informed', 'inform first, then write the date (C08)'],
  'no-call': ['nobody outside is on the line', 'wait for the next call'],
  'not-listenable': ['the caller was not told of it, or objected', 'calls of other lines may be listened to'],
  busy: ['somebody listens to this call already', 'wait until that session has ended'],
  'no-reason': ['no reason was given', 'ask again, with a reason'],
  'not-logged': ['the audit log did not take the entry', 'greffier status says what is wrong'],
};

/** Codes of all refusals. */
export const REFUSALS = Object.keys(TOLD).map((why) => `supervision-${why}`);

/** The error for a refusal: `supervision-` and the reason. */
export function refused(why: Refusal, extension: string): GreffierError {
  const [says, hint] = TOLD[why];
  const status = ['no-call', 'not-listenable', 'busy'].includes(why) ? 409 : 403;
  return new GreffierError(`supervision-${why}`, `extension ${extension}: ${says}`, { hint, status });
}
