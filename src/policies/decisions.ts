// What of the settings the company decides as the one that records (RGPD art. 24): why, on what ground, of whom, how long,
// and who is told what. Where calls go is telephony, which whoever looks after the machine may change (C15, ADR 0031).

import type { Section } from './objects.ts';
import type { Change } from './plan.ts';

/** Fields of telephony, by section; of a section that is not here every field is a decision. */
const TELEPHONY: Partial<Record<Section, readonly string[] | 'all'>> = {
  lines: ['name', 'destination', 'hours'],
  ring_groups: 'all',
  queues: 'all',
  conferences: 'all',
  people: ['name', 'extensions'],
};

/** Does the change decide something about recording? That something is there, or is no more, counts as all of its fields. */
export function isDecision({ section, change, fields }: Change): boolean {
  const technical = section === 'internal' ? undefined : TELEPHONY[section];
  if (technical === 'all') return false;
  if (technical === undefined || change !== 'changed') return true;
  return fields.some(({ field }) => !technical.includes(field.split('.')[0] ?? ''));
}
