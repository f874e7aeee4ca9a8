// Which rules hold for a call, as the dialplan chooses them: those of the line, of the client that calls out, or of
// calls between extensions.

import type { Client, Policy, Settings } from './schema.ts';

export interface CallRules {
  client: Client;
  /** Name of the line; empty for calls that come in over none. */
  line: string;
  policy: Policy;
}

export interface CallKind {
  direction: 'inbound' | 'outbound' | 'internal';
  /** Number of the line of an inbound call, E.164, with or without its plus sign. */
  did?: string | undefined;
  /** Client of an outbound call. */
  client?: string | undefined;
}

/** The rules of a call, or undefined when the settings have none: then nothing may be recorded. */
export function rulesOf(settings: Settings, call: CallKind): CallRules | undefined {
  const chosen = chosenBy(settings, call);
  const policy = settings.policies.find(({ id }) => id === chosen?.policy);
  const client = settings.clients.find(({ id }) => id === policy?.client);
  return chosen && policy && client ? { client, line: chosen.line, policy } : undefined;
}

function chosenBy(settings: Settings, { direction, did, client }: CallKind) {
  if (direction === 'internal') return settings.internal && { policy: settings.internal.policy, line: '' };
  if (direction === 'outbound') {
    const rules = settings.outbound.find((one) => one.client === client);
    return rules && { policy: rules.policy, line: '' };
  }
  const number = `+${did?.replace(/^\+/, '')}`;
  const line = settings.lines.find((one) => one.did === number);
  return line && { policy: line.policy, line: line.name };
}
