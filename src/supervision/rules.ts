// May this supervisor join this agent's calls now, in this way? The same rules stand in the dialplan
// (dialplan/87-supervision-rule.conf), which has the last word; here they are asked first, so that whoever is refused is
// told why before a phone rings (C13, C14).

import { minutesAt, type Window, within } from './hours.ts';

export const MODES = ['listen', 'whisper', 'barge', 'take-over'] as const;
export type Mode = (typeof MODES)[number];

/** Why not. The same words stand in the call's sheet, in the audit log and in the answers of the API. */
export type Refusal =
  | 'not-a-supervisor'
  | 'no-extension'
  | 'other-team'
  | 'mode-not-permitted'
  | 'outside-window'
  | 'excluded'
  | 'not-informed'
  | 'no-call'
  | 'not-listenable'
  | 'busy'
  | 'no-reason'
  | 'not-logged';

export interface Supervised {
  extensions: string[];
  /** yes, or why calls of this person may not be recorded; the same holds for listening. */
  record: 'yes' | 'not-informed' | 'excluded';
  windows?: Window[] | undefined;
}

export interface TeamRules {
  id: string;
  members: string[];
  supervisors: string[];
  modes: readonly Mode[];
  windows?: Window[] | undefined;
}

export interface Asked {
  /** Id of the person who asks, and of the one who is asked for; undefined when the extension is nobody's. */
  supervisor: string;
  agent: string | undefined;
  mode: Mode;
}

/**
 * The team by which it is permitted, or the reason why it is not.
 * @param supervised what is known of the agent
 * @param timezone of the site: hours are told by its clock
 */
export function maySupervise(
  teams: TeamRules[],
  supervised: Supervised | undefined,
  { supervisor, agent, mode }: Asked,
  now: Date,
  timezone: string,
): { team: string } | { why: Refusal } {
  const mine = teams.filter(({ supervisors }) => supervisors.includes(supervisor));
  if (mine.length === 0) return { why: 'not-a-supervisor' };
  const ours = mine.filter(({ members }) => agent !== undefined && members.includes(agent));
  if (ours.length === 0 || !supervised) return { why: 'other-team' };
  if (supervised.record !== 'yes') return { why: supervised.record };
  const inMode = ours.filter(({ modes }) => modes.includes(mode));
  if (inMode.length === 0) return { why: 'mode-not-permitted' };
  const moment = minutesAt(now, timezone);
  const open = inMode.find(({ windows }) => within(windows, moment));
  if (!open || !within(supervised.windows, moment)) return { why: 'outside-window' };
  return { team: open.id };
}
