// What supervision asks of the settings and of the spool.

import type { Appliance } from './appliance.ts';
import type { BrowserPhones } from './browser-phone/phones.ts';
import { callFacts } from './calls/facts.ts';
import { recordable } from './policies/rules/people.ts';
import type { Person, Settings } from './policies/schema.ts';
import { dayAt } from './shared/clock.ts';
import { lineOf, type Sheet } from './spool/sheet.ts';
import { type Mode, maySupervise, type Refusal } from './supervision/rules.ts';

type Parts = Pick<Appliance, 'settings' | 'clock' | 'config' | 'spool'>;

/** A login is that of the person of the same id in the settings; that is how the box knows whose phones they are. */
export function personOf({ people }: Settings, user: string): Person | undefined {
  return people?.find(({ id }) => id === user);
}

/** The phones of a login: those on a desk, in the order of the settings, and the one in the browser. */
export async function phonesOf(settings: Settings, phones: BrowserPhones, user: string) {
  const extensions = personOf(settings, user)?.extensions ?? [];
  const inBrowsers = await phones.numbers();
  const desks = extensions.filter((one) => !inBrowsers.includes(one));
  return { desks, browser: extensions.find((one) => inBrowsers.includes(one)) ?? null };
}

/** The judge of who may supervise whom, by the settings and the clock of the moment. */
export function judgeOf({ settings, clock, config }: Parts) {
  const { timezone } = config.site;
  return (user: string, extension: string, mode: Mode): { team: string } | { why: Refusal } => {
    const { people, teams } = settings.data;
    const agent = people.find(({ extensions }) => extensions.includes(extension));
    const supervised = agent && {
      extensions: agent.extensions,
      windows: agent.windows,
      record: recordable(agent, dayAt(clock(), timezone)),
    };
    return maySupervise(teams, supervised, { supervisor: user, agent: agent?.id, mode }, clock(), timezone);
  };
}

/** The call in which that extension talks with somebody outside who may be listened to, or why there is none. */
export async function callToListenTo(
  { spool, settings }: Parts,
  extension: string,
): Promise<{ sheet: Sheet } | { why: Refusal }> {
  const sheets = await Promise.all((await spool.calls()).map((id) => spool.readSheet(id)));
  const talks = sheets.flatMap((sheet) => (sheet && talksWith(sheet, extension) ? sheet : []));
  const found = talks.find((sheet) => isListenable(sheet, settings.data));
  if (found) return { sheet: found };
  return { why: talks.length ? 'not-listenable' : 'no-call' };
}

/** True while that extension is the one whom the party outside is connected with. */
function talksWith({ lines }: Sheet, extension: string): boolean {
  if (lines.some(({ event }) => event === 'call.end' || event === 'conference')) return false;
  const arrival = lines.find(({ event }) => event === 'arrival')?.values;
  if (arrival?.to === 'supervision') return false;
  const joined = lines.findLast(({ event }) => event === 'answer' || event === 'joined');
  return joined?.values.extension === extension;
}

/** Told and not objected, under a policy that lets supervisors listen (C13). */
function isListenable(sheet: Sheet, settings: Settings): boolean {
  const choice = sheet.lines.findLast(({ event }) => event === 'consent')?.values.choice;
  if (!choice || choice === 'refused' || lineOf(sheet, 'recording.destroyed')) return false;
  const facts = callFacts(sheet);
  return settings.policies.find(({ id }) => id === facts?.policy)?.live_listening ?? false;
}
