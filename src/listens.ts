// What the audit log tells of listening: to an agent of the own calls, and each month of all of them. A login is that of the
// person of the same id in the settings; that is how the box knows whose extensions they are.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Appliance } from './appliance.ts';
import { canonicalBytes } from './shared/canonical.ts';
import { makeFolder, writeDurably } from './shared/files.ts';
import { type Listen, listensTo } from './transparency/listens.ts';
import { monthAt, monthBefore, type Report, reportOf } from './transparency/report.ts';
import { reportText } from './transparency/text.ts';

type Parts = Pick<Appliance, 'audit' | 'settings' | 'config' | 'clock' | 'signer'>;

/** Who listened to the calls of that person, newest first. */
export async function listensOf({ audit, settings }: Parts, user: string): Promise<Listen[]> {
  const extensions = settings.data.people?.find(({ id }) => id === user)?.extensions ?? [];
  return extensions.length ? listensTo(await audit.entries(), extensions) : [];
}

/** The report of a month; of the one that runs, when none is named. */
export async function transparencyOf({ audit, config, clock }: Parts, month?: string): Promise<Report> {
  const { name, timezone } = config.site;
  return reportOf(await audit.entries(), month ?? monthAt(clock(), timezone), name, timezone);
}

/** Writes last month's report, signed, unless it is there. */
export async function keepReport(parts: Parts): Promise<void> {
  const { config, signer, clock } = parts;
  const month = monthBefore(monthAt(clock(), config.site.timezone));
  const folder = config.state.reports;
  await makeFolder(folder);
  const name = `transparency-${month}`;
  if ((await readdir(folder)).includes(`${name}.json`)) return;
  const report = await transparencyOf(parts, month);
  const bytes = canonicalBytes(report);
  await writeDurably(join(folder, `${name}.md`), reportText(report, config.site.language));
  await writeDurably(join(folder, `${name}.json.asc`), await signer.sign(bytes));
  await writeDurably(join(folder, `${name}.json`), bytes);
}
