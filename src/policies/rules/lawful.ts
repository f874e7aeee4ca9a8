// What one policy may say by itself: how long, of how many calls, and on what ground.

import { longestDays } from '../../shared/duration.ts';
import { reasonOf } from '../../shared/errors.ts';
import { called } from '../objects.ts';
import type { Policy, Settings } from '../schema.ts';
import type { Fault } from './fault.ts';

const SIX_MONTHS = { days: 184, words: 'six months', duration: 'P6M', law: 'C21' };
const FIVE_YEARS = { days: 1827, words: 'five years', duration: 'P5Y', law: 'C18' };
/**
 * Longest retention by purpose: six months (C21), five years for the proof of a contract (C18). In days at their
 * longest: July to December has 184, and five years have up to two leap days.
 */
const CEILINGS = { quality: SIX_MONTHS, training: SIX_MONTHS, contract: FIVE_YEARS } as const;
const SHORTEST_DAYS = 1 / 1440;
const SHORTEST_OBLIGATION = 20;

/** Faults of the policies. */
export function* policyFaults({ policies }: Settings): Generator<Fault> {
  for (const policy of policies) {
    yield* retentionFaults(policy);
    yield* groundFaults(policy);
  }
}

function* retentionFaults({ id, purpose, retention }: Policy): Generator<Fault> {
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
  const { days: ceiling, words, duration, law } = CEILINGS[purpose];
  if (days > ceiling)
    yield {
      at,
      says: `${keeps}, longer than ${words} for purpose ${purpose}`,
      law,
      hint: `write ${duration} or less`,
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
  const written = ground && ground.text.trim().length >= SHORTEST_OBLIGATION && ground.approver.trim() !== '';
  if (written) return;
  const hint = 'write legal_obligation: {text, approver}';
  if (ground) {
    yield {
      at,
      says: `legal_obligation needs a text of ${SHORTEST_OBLIGATION} characters or more, and an approver`,
      law: 'C11',
    };
  } else if (consent === 'none') {
    yield { at, says: 'nobody may refuse, and no legal obligation is written down', law: 'C11', hint };
  } else if (share === 100 && start === 'automatic' && consent !== 'never') {
    yield { at, says: 'records every call, and no legal obligation is written down', law: 'C11', hint };
  }
}
