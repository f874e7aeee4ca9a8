// What belongs together: every name that is used exists, and nothing of one client reaches another (C34). Who is
// recorded is told first, by a notice of the same client (C01).

import { called } from '../objects.ts';
import type { Settings } from '../schema.ts';
import type { Fault } from './fault.ts';

type Owned = { id: string; client: string };

/** Faults of what refers to what. */
export function* referenceFaults(settings: Settings): Generator<Fault> {
  yield* clientFaults(settings);
  for (const policy of settings.policies)
    for (const id of policy.recipients)
      yield* within(
        settings.recipient_groups,
        'recipient group',
        id,
        policy.client,
        called('policies', policy),
      );
  for (const line of settings.lines) {
    const at = called('lines', line);
    yield* tellingFaults(settings, line, line.client, at);
    const { ring_group, queue, conference } = line.destination;
    if (ring_group) yield* within(settings.ring_groups, 'ring group', ring_group, line.client, at);
    if (queue) yield* within(settings.queues, 'queue', queue, line.client, at);
    if (conference) yield* within(settings.conferences, 'conference', conference, line.client, at);
  }
  for (const rules of settings.outbound)
    yield* tellingFaults(settings, rules, rules.client, called('outbound', rules));
  const { internal } = settings;
  if (internal) {
    // Colleagues of different clients may call each other: the policy says whose rules these are.
    const owner = settings.policies.find(({ id }) => id === internal.policy)?.client ?? '';
    yield* tellingFaults(settings, internal, owner, 'internal');
  }
}

function* clientFaults(settings: Settings): Generator<Fault> {
  const known = new Set(settings.clients.map(({ id }) => id));
  for (const section of [
    'recipient_groups',
    'announcements',
    'policies',
    'lines',
    'ring_groups',
    'queues',
    'conferences',
    'people',
    'teams',
    'outbound',
  ] as const)
    for (const object of settings[section])
      if (!known.has(object.client))
        yield { at: called(section, object), says: `client ${object.client} is not defined`, law: 'C34' };
}

interface Telling {
  policy: string;
  announcements: string[];
  information?: string;
}

/** Faults of a policy with what is played to whoever it concerns. */
function* tellingFaults(settings: Settings, rules: Telling, client: string, at: string): Generator<Fault> {
  const { policies, announcements } = settings;
  yield* within(policies, 'policy', rules.policy, client, at);
  for (const id of rules.announcements) yield* within(announcements, 'announcement', id, client, at, 'C01');
  if (rules.information) {
    yield* within(announcements, 'announcement', rules.information, client, at, 'C06');
    const kind = announcements.find(({ id }) => id === rules.information)?.kind;
    if (kind && kind !== 'information')
      yield { at, says: `information ${rules.information} is a ${kind}, not an information`, law: 'C06' };
  }
  const policy = policies.find(({ id }) => id === rules.policy);
  if (!policy || policy.consent === 'never') return;
  const notices = announcements.filter(
    ({ id, kind }) => kind === 'notice' && rules.announcements.includes(id),
  );
  if (notices.length === 0)
    yield { at, says: `policy ${policy.id} records, and no notice is played first`, law: 'C01' };
}

/** Faults of a name that is used: it stands for nothing, or for something of another client. */
export function* within(
  objects: Owned[],
  what: string,
  id: string,
  client: string,
  at: string,
  law = 'C34',
): Generator<Fault> {
  const found = objects.find((one) => one.id === id);
  if (!found) yield { at, says: `${what} ${id} is not defined`, law };
  else if (found.client !== client)
    yield { at, says: `${what} ${id} is of client ${found.client}, not of ${client}`, law: 'C34' };
}
