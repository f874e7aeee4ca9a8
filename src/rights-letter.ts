// The draft of an answer, as the site writes moments and names itself.

import type { Appliance } from './appliance.ts';
import { type Language, letterFor } from './rights/letter.ts';
import { openRegister } from './rights/register.ts';
import { contactOf } from './rights-search.ts';

/** The letter for a request, in Markdown. Throws `no-such-request`. */
export async function letterOf(appliance: Appliance, id: string, language: Language): Promise<string> {
  const { site, state } = appliance.config;
  const request = await openRegister(state.rights).read(id);
  const form = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    timeZone: site.timezone,
    dateStyle: 'long',
    timeStyle: 'short',
  });
  const show = (at: string) => form.format(new Date(at));
  return letterFor(request, language, { site: site.name, contact: contactOf(appliance), show });
}
