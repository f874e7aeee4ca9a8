// The ways in which a trunk may spell one number. The dialplan compares digits and knows nothing of countries, so a
// number that objects is marked in every spelling.

import { type CountryCode, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js';
import { GreffierError } from '../shared/errors.ts';

/**
 * Digits of a number as it may arrive: +33 6…, 0033 6…, 33 6… and, in its own country, 06….
 * @param written in any spelling a person uses; national ones are those of the country
 * @param country ISO 3166 code of the site
 * Throws `bad-number`; the message does not repeat the number, because it may end in a log.
 */
export function spellingsOf(written: string, country: string): string[] {
  const dialled = written.trim().replace(/^00/, '+');
  const parsed = parsePhoneNumberFromString(dialled, country as CountryCode);
  if (!parsed?.isValid())
    throw new GreffierError('bad-number', 'that is no valid telephone number', {
      hint: `write it as it is dialled in ${country}, or with + and the code of its country`,
      status: 400,
    });
  const international = digits(parsed.number);
  const spelled = [international, `00${international}`];
  if (parsed.countryCallingCode === getCountryCallingCode(country as CountryCode))
    spelled.push(digits(parsed.formatNational()), parsed.nationalNumber);
  return [...new Set(spelled)];
}

function digits(text: string): string {
  return text.replaceAll(/\D/g, '');
}
