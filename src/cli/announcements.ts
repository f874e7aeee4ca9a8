// greffier announcements list|show|set|dictate: what callers hear first, and a new version of it.

import { basename } from 'node:path';
import type { Command } from 'commander';
import { listAnnouncements, replaceAnnouncement } from '../announcements.ts';
import type { Appliance } from '../appliance.ts';
import { GreffierError } from '../shared/errors.ts';
import { dictateCommand } from './dictate.ts';
import type { Action } from './greffier.ts';
import { printFacts, printJson, printRows } from './output.ts';
import { saysContradictions } from './policies.ts';
import { actor, printReplaced, readAsCaller, wordingOf, wordingOptions } from './wording.ts';

const COLUMNS = ['id', 'client', 'language', 'version', 'kind', 'seconds', 'sha256', 'lines', 'audio'];

/** Adds the commands on announcements. */
export function announcementsCommands(program: Command, withAppliance: Action): void {
  const announcements = program.command('announcements').description('what callers are told, and its audio');
  announcements
    .command('list')
    .description('announcements, what plays them, and whether their audio is in order')
    .option('--json', 'as JSON')
    .action(({ json }) => withAppliance((appliance) => list(appliance, json)));
  announcements
    .command('show <id>')
    .description('one announcement with its text')
    .option('--json', 'as JSON')
    .action((id, { json }) => withAppliance((appliance) => show(appliance, id, json)));
  wordingOptions(
    announcements
      .command('set <id> <file>')
      .description(
        'put a new version in force, with its text and a WAV file, wherever the announcement is played',
      ),
  )
    .option('--json', 'as JSON')
    .action((id, file, { json, ...options }) =>
      withAppliance((appliance) =>
        saysContradictions(async () => {
          const wording = await wordingOf(id, options);
          const sound = { audio: await readAsCaller(file), name: basename(file), how: 'uploaded' };
          printReplaced(await replaceAnnouncement(appliance, wording, sound, actor()), json);
        }),
      ),
    );
  dictateCommand(announcements, withAppliance);
}

async function list(appliance: Appliance, json: boolean): Promise<void> {
  const all = await listAnnouncements(appliance);
  const listed = all.map(({ text: _, ...row }) => row);
  if (json) return printJson(listed);
  const rows = listed.map((row) => ({
    ...row,
    seconds: row.seconds?.toFixed(1),
    sha256: row.sha256?.slice(0, 12),
    lines: row.lines.join(', '),
  }));
  printRows(rows, COLUMNS, false, 'no announcements yet');
}

async function show(appliance: Appliance, id: string, json: boolean): Promise<void> {
  const found = (await listAnnouncements(appliance)).find((one) => one.id === id);
  if (!found)
    throw new GreffierError('announcement-unknown', `no announcement ${id}`, {
      hint: 'greffier announcements list shows their ids',
    });
  printFacts(found, json);
}
