// greffier transparency: a month of listening in figures. greffier extracts: the training extracts that there are.

import { type Command, InvalidArgumentError } from 'commander';
import { transparencyOf } from '../listens.ts';
import { prepareExtract } from '../training.ts';
import { reportText } from '../transparency/text.ts';
import type { Action } from './greffier.ts';
import { printFacts, printJson, printRows } from './output.ts';
import { actor } from './wording.ts';

/** Adds the commands. */
export function transparencyCommands(program: Command, withAppliance: Action): void {
  program
    .command('transparency')
    .description('who listened how often and why, in one month: figures only')
    .option('--month <month>', 'YYYY-MM; the one that runs unless told', monthOf)
    .option('--language <language>', 'fr or en; that of the site unless told')
    .option('--json', 'as JSON')
    .action(({ month, language, json }) =>
      withAppliance(async (appliance) => {
        const report = await transparencyOf(appliance, month);
        if (json) return printJson(report);
        console.log(
          reportText(
            report,
            language === 'en' || language === 'fr' ? language : appliance.config.site.language,
          ),
        );
      }),
    );
  const extracts = program
    .command('extracts')
    .description('training extracts: ways to a recording that say nothing of it');
  extracts
    .command('list')
    .description('those that are not over')
    .option('--json', 'as JSON')
    .action(({ json }) =>
      withAppliance(async (appliance) => {
        const all = (await appliance.extracts.all()).map((one) => ({ ...one }));
        printRows(all, ['id', 'title', 'recording', 'fromMs', 'toMs', 'expiresAt'], json, 'there are none');
      }),
    );
  extracts
    .command('make <recording>')
    .description('an extract of a recording for training or quality; it ends with its source')
    .requiredOption('--title <text>', 'what it shows; no name, no number')
    .option('--from <ms>', 'where it begins', wholeNumber, 0)
    .option('--to <ms>', 'where it ends', wholeNumber)
    .action((recording, { title, from, to }) =>
      withAppliance(async (appliance) => {
        const wish = { recording, title, fromMs: from, toMs: to ?? null };
        const prepared = await prepareExtract(appliance, wish, actor());
        await appliance.audit.write({ actor: actor(), action: 'extract-made', recording, subject: title });
        const { id, expiresAt } = await appliance.extracts.make(prepared);
        printFacts({ id, expiresAt }, false);
      }),
    );
  extracts
    .command('remove <id>')
    .description('end an extract')
    .action((id) =>
      withAppliance(async (appliance) => {
        const { recording } = await appliance.extracts.one(id);
        await appliance.audit.write({ actor: actor(), action: 'extract-removed', recording, subject: id });
        await appliance.extracts.remove(id);
        console.log(`removed ${id}`);
      }),
    );
}

function monthOf(text: string): string {
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return text;
  throw new InvalidArgumentError('write YYYY-MM');
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('write a whole number of milliseconds');
}
