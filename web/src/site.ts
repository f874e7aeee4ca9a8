/** Which appliance this is; asked once, before anything is shown. */
import { signal } from '@preact/signals';
import { api } from './shared/api.ts';
import type { Site } from './shared/api-types.ts';
import { timezone } from './shared/format.ts';
import { siteLanguage } from './shared/i18n.ts';

export const site = signal<Site | null>(null);

/** A failure here is not the end: the pages say what does not answer. */
export async function recallSite(): Promise<void> {
  const answer = await api.site().catch(() => null);
  if (!answer) return;
  site.value = answer;
  timezone.value = answer.timezone;
  siteLanguage.value = answer.language;
}
