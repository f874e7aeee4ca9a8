// From what a call's sheet tells and what its sealing made, the manifest that is signed.

import { outsideParty } from './arrival/outside-party.ts';
import type { Config } from './config/config.ts';
import { mayKeep } from './consent/verdict.ts';
import type { Line, Settings } from './policies/schema.ts';
import type { CallFacts } from './recording/progress.ts';
import type { Manifest } from './sealing/manifest.ts';
import type { Sealed } from './sealing/seal.ts';
import { addDuration } from './shared/duration.ts';
import type { Sheet } from './spool/sheet.ts';

export type LineRules = Pick<Line, 'did' | 'name' | 'purpose' | 'retention'>;

export interface Circumstances {
  line: LineRules;
  site: Pick<Config['site'], 'name' | 'country'>;
  hmacKey: string;
  /** Fingerprint of the signing key. */
  signedBy: string;
  interrupted: boolean;
}

/** The rules of a line. When it was taken away while the call lasted, the strictest rules hold. */
export function rulesForLine({ lines }: Settings, did: string): LineRules {
  const line = lines.find((one) => one.did === did);
  return line ?? { did, name: '', purpose: 'quality', retention: 'P30D' };
}

/** The manifest of a sealed call. Throws when the sheet does not show that the recording may be kept. */
export function buildManifest(
  sheet: Sheet,
  facts: CallFacts,
  { milliseconds, body, details, recipients }: Sealed,
  { line, site, hmacKey, signedBy, interrupted }: Circumstances,
): Manifest {
  const verdict = mayKeep(sheet);
  if (!verdict.keep || !facts.announcement)
    throw new Error('the sheet does not show that the caller was told');
  return {
    format: 'greffier-manifest-1',
    id: facts.id,
    site: site.name,
    direction: facts.direction,
    line: { did: line.did, name: line.name },
    purpose: line.purpose,
    outside: outsideParty(facts.from, site.country, hmacKey).shown,
    extension: facts.extension,
    arrivedAt: facts.arrivedAt.toISOString(),
    answeredAt: facts.answeredAt?.toISOString() ?? null,
    endedAt: facts.endedAt?.toISOString() ?? null,
    announcement: {
      id: facts.announcement.id,
      sha256: facts.announcement.sha256,
      startedAt: facts.announcement.startedAt.toISOString(),
      heardToTheEndAt: facts.announcement.endedAt.toISOString(),
    },
    consent: verdict.consent,
    state: interrupted ? 'interrupted' : 'sealed',
    audio: { encoding: 'flac', rate: 8000, left: 'outside', right: 'inside', milliseconds },
    body,
    details,
    recipients,
    retention: line.retention,
    dueAt: addDuration(facts.arrivedAt, line.retention).toISOString(),
    signedBy,
  };
}
