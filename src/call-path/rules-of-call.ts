// Which rules a call was under. Its sheet names the policy and the generation that held when it came in; what they say
// of purpose and retention stands in the settings.

import type { CallFacts } from '../calls/facts.ts';
import { type CallKind, rulesOf } from '../policies/rules-of.ts';
import type { Policy, Settings } from '../policies/schema.ts';

export interface RulesOfCall {
  client: string;
  lineName: string;
  purpose: string;
  /** ISO 8601 duration. */
  retention: string;
  encoding: Policy['encoding'];
}

const OUTBOUND = 'outbound-';

/** The rules of a call. When its policy was taken away while the call lasted, the strictest rules hold (C21). */
export function rulesOfCall(settings: Settings, facts: CallFacts): RulesOfCall {
  const caller = facts.rules.startsWith(OUTBOUND) ? facts.rules.slice(OUTBOUND.length) : '';
  const kind = { direction: facts.direction as CallKind['direction'], did: facts.did, client: caller };
  const found = rulesOf(settings, kind);
  const policy = settings.policies.find(({ id }) => id === facts.policy);
  return {
    client: policy?.client ?? found?.client.id ?? caller,
    lineName: found?.line ?? '',
    purpose: policy?.purpose ?? 'quality',
    retention: policy?.retention ?? 'P30D',
    encoding: policy?.encoding ?? 'flac',
  };
}
