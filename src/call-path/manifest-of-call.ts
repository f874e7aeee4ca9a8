// From what a call's sheet tells and what its sealing made, the manifest that is signed.

import { outsideParty } from '../arrival/outside-party.ts';
import type { CallFacts } from '../calls/facts.ts';
import { drawOf } from '../calls/write-record.ts';
import type { Config } from '../config/config.ts';
import { mayKeep } from '../consent/verdict.ts';
import type { Manifest } from '../sealing/manifest.ts';
import type { Sealed } from '../sealing/seal.ts';
import { addDuration } from '../shared/duration.ts';
import { type Gap, gapsOf, segmentsOf } from '../spool/segments.ts';
import type { Sheet } from '../spool/sheet.ts';
import type { RulesOfCall } from './rules-of-call.ts';

export interface Circumstances {
  rules: RulesOfCall;
  site: Pick<Config['site'], 'name' | 'country'>;
  hmacKey: string;
  /** Fingerprint of the signing key. */
  signedBy: string;
  /** How the recording ended. */
  state: Manifest['state'];
}

/** The manifest of a sealed call. Throws when the sheet does not show that the recording may be kept. */
export function buildManifest(
  sheet: Sheet,
  facts: CallFacts,
  { milliseconds, body, details, recipients, encoding }: Sealed,
  { rules, site, hmacKey, signedBy, state }: Circumstances,
): Manifest {
  const verdict = mayKeep(sheet);
  if (!verdict.keep) throw new Error(`the sheet does not show that it may be kept: ${verdict.reason}`);
  const segments = segmentsOf(sheet);
  const draw = drawOf(sheet);
  return {
    format: 'greffier-manifest-3',
    id: facts.id,
    site: site.name,
    direction: facts.direction,
    client: rules.client,
    line: { did: facts.did, name: rules.lineName },
    policy: { id: facts.policy, generation: facts.generation },
    purpose: rules.purpose,
    outside: outsideParty(facts.outsideNumber, site.country, hmacKey).shown,
    extensions: [...new Set(facts.extensions.map(({ extension }) => extension))],
    arrivedAt: facts.arrivedAt.toISOString(),
    answeredAt: facts.answeredAt?.toISOString() ?? null,
    endedAt: facts.endedAt?.toISOString() ?? null,
    announcements: heardIn(facts),
    draw: draw && { value: draw.value, threshold: draw.threshold, share: draw.share },
    consent: verdict.consent,
    segments: segments.map(stretch),
    pauses: gapsOf(segments).map(stretch),
    state,
    audio: { encoding, rate: 8000, left: 'outside', right: 'inside', milliseconds },
    body,
    details,
    recipients,
    retention: rules.retention,
    dueAt: addDuration(facts.arrivedAt, rules.retention).toISOString(),
    signedBy,
  };
}

function heardIn({ announcements }: CallFacts): Manifest['announcements'] {
  return announcements.flatMap(({ id, sha256, startedAt, heardToTheEndAt: end }) =>
    end ? [{ id, sha256, startedAt: startedAt.toISOString(), heardToTheEndAt: end.toISOString() }] : [],
  );
}

function stretch({ startedAt, endedAt, reason }: Gap): Manifest['pauses'][number] {
  return { startedAt: startedAt.toISOString(), endedAt: endedAt?.toISOString() ?? null, reason };
}
