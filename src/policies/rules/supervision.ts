// Who may listen in while a call lasts: supervisors, to their own team, where the callers were told (C13, C14).

import { called } from '../objects.ts';
import type { Person, Settings } from '../schema.ts';
import type { Team } from '../team-schema.ts';
import type { Fault } from './fault.ts';
import { windowFaults } from './people.ts';

const SUPERVISORS: readonly Person['role'][] = ['supervisor', 'manager'];
/** What a notice must hold in the language it is in: that others may listen. */
const TELLS_OF_LISTENING = { fr: /écout/i, en: /listen/i } as const;

/** Faults of the teams, and of policies whose calls may be listened to live. */
export function* supervisionFaults(settings: Settings): Generator<Fault> {
  for (const team of settings.teams) yield* teamFaults(settings, team);
  for (const line of settings.lines) yield* noticeFaults(settings, line, called('lines', line));
  for (const rules of settings.outbound) yield* noticeFaults(settings, rules, called('outbound', rules));
  if (settings.internal) yield* noticeFaults(settings, settings.internal, 'internal');
}

function* teamFaults({ people }: Settings, team: Team): Generator<Fault> {
  const at = called('teams', team);
  for (const id of [...team.members, ...team.supervisors]) {
    const person = people.find((one) => one.id === id);
    if (!person) yield { at, says: `person ${id} is not defined`, law: 'C14' };
    else if (person.client !== team.client)
      yield { at, says: `person ${id} is of client ${person.client}, not of ${team.client}`, law: 'C34' };
    else if (team.supervisors.includes(id) && !SUPERVISORS.includes(person.role))
      yield {
        at,
        says: `person ${id} has the role ${person.role} and cannot supervise`,
        law: 'C14',
        hint: `roles that can: ${SUPERVISORS.join(', ')}`,
      };
    if (team.members.includes(id) && team.supervisors.indexOf(id) >= 0)
      yield { at, says: `person ${id} supervises the own calls`, law: 'C14' };
  }
  yield* windowFaults(team.windows, at, 'C13');
}

function* noticeFaults(
  { policies, announcements }: Settings,
  rules: { policy: string; announcements: string[] },
  at: string,
): Generator<Fault> {
  const policy = policies.find(({ id }) => id === rules.policy);
  if (!policy?.live_listening) return;
  const notices = announcements.filter(
    ({ id, kind }) => kind === 'notice' && rules.announcements.includes(id),
  );
  if (policy.consent === 'never')
    yield { at, says: `policy ${policy.id} lets supervisors listen, and nobody is asked`, law: 'C13' };
  else if (!notices.some(({ text, language }) => TELLS_OF_LISTENING[language].test(text)))
    yield {
      at,
      says: `policy ${policy.id} lets supervisors listen, and no notice says so`,
      law: 'C13',
      hint: 'have the announcement say that calls may be listened to, or take live_listening away',
    };
}
