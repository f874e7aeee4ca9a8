// greffier statistics: the figures of a period, as on the page.

import { type Command, InvalidArgumentError, Option } from 'commander';
import { KINDS } from '../statistics/kinds.ts';
import { csvOf } from '../statistics/table.ts';
import { statisticsOf } from '../statistics-of-site.ts';
import type { Action } from './greffier.ts';
import { printFacts, printJson, printRows } from './output.ts';

const COLUMNS = ['calls', 'answered', 'answerRate', 'waitingSeconds', 'handlingSeconds', 'recordedShare'];

/** Adds the command. */
export function statisticsCommand(program: Command, withAppliance: Action): void {
  program
    .command('statistics')
    .description('calls, waiting, recording and destruction in figures, over a period; never by person')
    .option(
      '--from <day>',
      'first day, YYYY-MM-DD by the clock of the site; a month before the last unless told',
    )
    .option('--to <day>', 'last day; today unless told')
    .addOption(new Option('--by <kind>', 'what a row stands for').choices(KINDS).default('day'))
    .option('--client <id>', 'of one client')
    .option('--line <did>', 'of one line')
    .option('--queue <id>', 'of one queue')
    .option('--within-seconds <n>', 'a call should be answered within so many seconds', between(1, 600), 20)
    .option('--again-days <n>', 'who calls again within so many days was not helped', between(1, 30), 7)
    .option('--csv', 'as CSV, all columns')
    .option('--json', 'as JSON')
    .action(({ csv, json, ...query }) =>
      withAppliance(async (appliance) => {
        const answer = await statisticsOf(appliance, query);
        if (json) return printJson(answer);
        if (csv) {
          for (const line of csvOf(answer, answer.by)) process.stdout.write(line);
          return;
        }
        const { from, to, totals, destruction } = answer;
        printFacts({ from, to, ...totals, ...(destruction && { destruction }) }, false);
        console.log();
        const rows = answer.rows.map((row) => ({ ...row, [answer.by]: row.name }));
        printRows(rows, [answer.by, ...COLUMNS], false, 'there was no call');
      }),
    );
}

function between(least: number, most: number) {
  return (text: string) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`write a whole number from ${least} to ${most}`);
  };
}
