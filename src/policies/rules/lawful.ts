// What one policy may say by itself: how long, of how many calls, and on what ground.

import { longestDays } from '../../shared/duration.ts';
import { reasonOf } from '../../shared/errors.ts';
import { called } from '../objects.ts';
import type { Policy, Settings } from '../schema.ts';
import type { Fault } from './fault.ts';

const SIX_MONTHS = { days: 184, words: 'six months', duration: 'P6M', law: 'C21' };
const ONE_YEAR = { days: 366, words: 'one year', duration: 'P1Y', law: 'C21' };
const FIVE_YEARS = { days: 1827, words: 'five years', duration: 'P5Y', law: 'C18' };
const SEVEN_YEARS = { days: 2557, words: 'seven years', duration: 'P7Y', law: 'C26' };
/**
 * Longest retention by purpose: six months (C21), five years for the proof of a contract (C18), seven for orders on
 * financial instruments (C26). In days at their longest: July to December has 184, and years have their leap days.
 */
const CEILINGS = {
  quality: SIX_MONTHS,
  training: SIX_MONTHS,
  contract: FIVE_YEARS,
  mifid: SEVEN_YEARS,
} as const;
/** Five years, at their shortest: one leap day. */
const MIFID_LEAST_DAYS = 1826;
/** Analysis sheets (scorecards) and what they say of a person: one year, whatever the recording's own day (C22). */
export const SHEET_RETENTION = 'P1Y';
/** Recordings of these purposes go on their day and not before, whoever asks (MiFID II, 2017/565 art. 76; C26). */
export const LOCKED_PURPOSES: readonly string[] = ['mifid'];
const SHORTEST_DAYS = 1 / 1440;
const SHORTEST_OBLIGATION = 20;
const NEEDS = `needs a text of ${SHORTEST_OBLIGATION} characters or more, and an approver`;

/** Faults of the policies. */
export function* policyFaults({ policies }: Settings): Generator<Fault> {
  for (const policy of policies) {
    yield* retentionFaults(policy);
    yield* groundFaults(policy);
  }
}

function* retentionFaults({ id, purpose, retention, derogation }: Policy): Generator<Fault> {
  const at = called('policies', { id });
  let days: number;
  try {
    days = longestDays(retention);
  } catch (error) {
    return yield { at, says: reasonOf(error), law: 'C21', hint: 'write P180D for 180 days' };
  }
  const keeps = `keeps recordings for ${retention}`;
  if (days < SHORTEST_DAYS)
    yield { at, says: `${keeps}, less than one minute`, law: 'C21', hint: 'write PT1M or more' };
  if (purpose === 'mifid' && days < MIFID_LEAST_DAYS)
    yield {
      at,
      says: `${keeps}, shorter than five years for purpose mifid`,
      law: 'C26',
      hint: 'write P5Y or more',
    };
  const written = derogation && isWritten(derogation);
  if (derogation && (!written || CEILINGS[purpose] !== SIX_MONTHS))
    yield { at, says: `its derogation ${written ? 'is for quality and training only' : NEEDS}`, law: 'C21' };
  const longest = written && CEILINGS[purpose] === SIX_MONTHS ? ONE_YEAR : CEILINGS[purpose];
  const { days: ceiling, words, duration, law } = longest;
  if (days > ceiling)
    yield {
      at,
      says: `${keeps}, longer than ${words} for purpose ${purpose}`,
      law,
      hint:
        longest === SIX_MONTHS
          ? `write ${duration} or less, or a derogation: {text, approver}`
          : `write ${duration} or less`,
    };
}

function* groundFaults({
  id,
  purpose,
  consent,
  start,
  share,
  legal_obligation: ground,
}: Policy): Generator<Fault> {
  const at = called('policies', { id });
  if (purpose === 'contract' && start !== 'on-demand')
    yield {
      at,
      says: 'the proof of a contract is started by the agent',
      law: 'C18',
      hint: 'start: on-demand',
    };
  if (ground && isWritten(ground)) return;
  const hint = 'write legal_obligation: {text, approver}';
  if (ground) {
    yield {
      at,
      says: `legal_obligation ${NEEDS}`,
      law: 'C11',
    };
  } else if (purpose === 'mifid') {
    yield { at, says: 'purpose mifid needs the legal obligation in writing', law: 'C26', hint };
  } else if (consent === 'none') {
    yield { at, says: 'nobody may refuse, and no legal obligation is written down', law: 'C11', hint };
  } else if (share === 100 && start === 'automatic' && consent !== 'never') {
    yield { at, says: 'records every call, and no legal obligation is written down', law: 'C11', hint };
  }
}

function isWritten({ text, approver }: { text: string; approver: string }): boolean {
  return text.trim().length >= SHORTEST_OBLIGATION && approver.trim() !== '';
}
