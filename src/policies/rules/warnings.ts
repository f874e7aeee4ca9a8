// What is allowed and still worth a second look.

import { called } from '../objects.ts';
import type { Settings } from '../schema.ts';
import type { Fault } from './fault.ts';
import { recordable } from './people.ts';

/** The articles that the authority is quoted in speak of 20 to 30 % of the calls. */
const USUAL_SHARE = 30;

/** Warnings. Staff representatives are counted, not named: who they are is not for everybody (C10). */
export function warningsOf(settings: Settings): Fault[] {
  const shares = settings.policies
    .filter(
      ({ share, start, consent }) => share > USUAL_SHARE && start === 'automatic' && consent !== 'never',
    )
    .map((policy) => ({
      at: called('policies', policy),
      says: `records ${policy.share} % of the calls, more than ${USUAL_SHARE} %`,
      law: 'C11',
    }));
  const uninformed = settings.people
    .filter((person) => person.extensions.length > 0 && recordable(person) === 'not-informed')
    .map((person) => ({
      at: called('people', person),
      says: 'is not informed, or the works council not consulted: calls go unrecorded',
      law: 'C08',
    }));
  const excluded = settings.people.filter(({ staff_rep }) => staff_rep).length;
  const counted =
    excluded > 0
      ? [{ at: 'staff representatives', says: `${excluded}, whose calls are never recorded`, law: 'C10' }]
      : [];
  return [...shares, ...uninformed, ...counted];
}
