// Who called, as far as the appliance may say it in clear: the last four digits and a keyed fingerprint for search
// (C19). The whole number goes into the sealed part only.

import { createHmac } from 'node:crypto';
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';

export interface OutsideParty {
  /** E.164 with its plus sign; as it came when it is no valid number; empty when it was withheld. */
  number: string;
  /** False when the number could not be read as one of any country. */
  valid: boolean;
  /** What may stand in the catalogue and the manifest. */
  shown: { last4: string; fingerprint: string };
}

/**
 * Reads the number that the trunk gave.
 * @param presented digits and plus signs only (the dialplan filters the rest)
 * @param country ISO 3166 code whose national form is understood
 * @param key secret of the fingerprint: without it nobody can try all numbers
 */
export function outsideParty(presented: string, country: string, key: string): OutsideParty {
  const spelled = presented.startsWith('00') ? `+${presented.slice(2)}` : presented;
  const parsed = parsePhoneNumberFromString(spelled, country as CountryCode);
  const valid = parsed?.isValid() ?? false;
  const number = valid && parsed ? parsed.number : presented.slice(0, 32);
  return { number, valid, shown: { last4: lastFour(number), fingerprint: fingerprint(number, key) } };
}

function lastFour(number: string): string {
  const digits = number.replaceAll(/\D/g, '');
  // Of a short number four digits would be all of it.
  return digits.length >= 8 ? digits.slice(-4) : '';
}

function fingerprint(number: string, key: string): string {
  return number === '' ? '' : createHmac('sha256', key).update(number).digest('hex');
}
