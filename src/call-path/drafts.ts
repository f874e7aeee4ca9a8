// What a power cut would leave unknown: the sheet is in RAM. So the manifest and the call's record, as far as they can
// be told, are kept beside the body while it is sealed; like them they hold no full number and no name (C19).

import type { Appliance } from '../appliance.ts';
import { outsideParty } from '../arrival/outside-party.ts';
import type { CallFacts } from '../calls/facts.ts';
import { type CallRecord, readCallRecord } from '../calls/record.ts';
import { writeRecord } from '../calls/write-record.ts';
import { type Manifest, readManifest } from '../sealing/manifest.ts';
import type { Sealed } from '../sealing/seal.ts';
import { canonicalBytes } from '../shared/canonical.ts';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { lineOf, type Sheet } from '../spool/sheet.ts';
import { buildManifest } from './manifest-of-call.ts';
import { rulesOfCall } from './rules-of-call.ts';

export interface Draft {
  /** Complete but for what only the end shows: body, details, length. */
  manifest: Manifest;
  record: CallRecord;
}

const FORMAT = 'greffier-draft-1';
const UNKNOWN = { bytes: 0, sha256: '' };

/** The draft of a recorded call, from its sheet as it stands. */
export function draftOf(
  { config, settings, signer }: Appliance,
  sheet: Sheet,
  facts: CallFacts,
  sealedAs: Pick<Sealed, 'recipients' | 'encoding'>,
): Draft {
  const rules = rulesOfCall(settings.data, facts);
  // Of a call that runs the facts give the last line's time; when it ends is for the end to say.
  const so = { ...facts, endedAt: lineOf(sheet, 'call.end')?.at ?? null };
  const { name: site, country } = config.site;
  const outside = outsideParty(facts.outsideNumber, country, config.secrets.hmac).shown;
  const { client, lineName } = rules;
  return {
    manifest: buildManifest(
      sheet,
      so,
      { ...sealedAs, milliseconds: 0, body: UNKNOWN, details: UNKNOWN },
      {
        rules,
        site: config.site,
        hmacKey: config.secrets.hmac,
        signedBy: signer.fingerprint,
        state: 'interrupted',
      },
    ),
    record: writeRecord(sheet, so, { site, client, lineName, outside, recorded: true, reason: null }),
  };
}

/** A draft as it is stored. */
export function draftBytes(draft: Draft): Uint8Array {
  return canonicalBytes({ format: FORMAT, ...draft });
}

/** Reads a stored draft. Throws `bad-draft`, or what is wrong with the manifest or the record in it. */
export function readDraft(text: string): Draft {
  let value: { format?: unknown; manifest?: unknown; record?: unknown };
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new GreffierError('bad-draft', `draft: not JSON: ${reasonOf(cause)}`, { cause });
  }
  if (value.format !== FORMAT)
    throw new GreffierError('bad-draft', `draft: unknown format ${String(value.format)}`);
  return {
    manifest: readManifest(Buffer.from(JSON.stringify(value.manifest))),
    record: readCallRecord(JSON.stringify(value.record)),
  };
}
