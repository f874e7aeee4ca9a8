// greffier rights search|find|attach|export|erase|object|letter: what is done for the person who asks.

import { type Command, Option } from 'commander';
import type { Appliance } from '../appliance.ts';
import { layOutPack } from '../rights/package.ts';
import { attachTo, objectFor, searchForRequest } from '../rights-desk.ts';
import { letterOf } from '../rights-letter.ts';
import { gatherPack } from '../rights-pack.ts';
import { listObjections, requestErasure } from '../rights-seams.ts';
import { findCalls } from '../rights-search.ts';
import { asPerson } from './as-person.ts';
import { moment } from './calls.ts';
import type { Action } from './greffier.ts';
import { printFacts, printJson, printRows } from './output.ts';
import { writePacked } from './packed.ts';
import { collectReasons } from './rights.ts';
import { readTold } from './rights-input.ts';
import { actor } from './wording.ts';

const RECORDINGS = ['recording', 'started', 'line', 'purpose', 'consent', 'state', 'due', 'held'];
const CALLS = ['call', 'arrived', 'direction', 'line', 'heard', 'consent', 'recorded', 'reason'];

/** Adds the commands to `greffier rights`. */
export function rightsWorkCommands(rights: Command, withAppliance: Action): void {
  rights
    .command('search <request>')
    .description('all recordings and calls of the person, with consent and what becomes of them')
    .option('--numbers-stdin', 'add numbers that the request is about, from standard input, first')
    .option('--json', 'as JSON')
    .action((id, options) => withAppliance((appliance) => search(appliance, id, options)));
  rights
    .command('find <request>')
    .description('calls by day, line and extension, for a person whose number was withheld')
    .requiredOption('--since <moment>', 'that came at that moment or later (ISO 8601)', moment)
    .requiredOption('--until <moment>', 'that came before that moment (ISO 8601)', moment)
    .option('--line <number>', 'to one line, in E.164')
    .option('--extension <number>', 'in which that extension took part')
    .option('--json', 'as JSON')
    .action((id, { line, json, ...rest }) =>
      withAppliance(async (appliance) => {
        const rows = await findCalls(appliance, id, actor(), { ...rest, did: line });
        const shown = rows.map((row) => ({ ...row, call: row.id, arrived: row.arrived_at, line: row.did }));
        printRows(
          shown,
          ['call', 'arrived', 'line', 'extension', 'disposition', 'recorded'],
          json,
          'no such calls',
        );
      }),
    );
  rights
    .command('attach <request> <call...>')
    .description('the request is about these calls as well')
    .action((id, calls) =>
      withAppliance(async (appliance) => {
        const { calls: all } = await attachTo(appliance, id, actor(), { calls });
        printFacts({ request: id, calls: all }, false);
      }),
    );
  rights
    .command('export <request>')
    .description(
      'one package for the person; whoever holds the key then opens it for them, away from the box',
    )
    .requiredOption('--to <folder>', 'folder to write to')
    .option('--withhold <id=reason>', 'a recording that is not handed out, and why', collectReasons)
    .option('--json', 'as JSON')
    .action((id, options) => withAppliance((appliance) => exportPack(appliance, id, options)));
  rights
    .command('erase <request>')
    .description('ask a second person to approve that all that may go is destroyed')
    .requiredOption('--as <login>', 'who asks; password and code are read from standard input')
    .action((id, { as }) =>
      withAppliance(async (appliance) => {
        const by = await asPerson(appliance, as, 'rights:work');
        printFacts(await requestErasure(appliance, id, by), false);
      }),
    );
  rights
    .command('object <request>')
    .description('never record the numbers again that come on standard input; they are not kept in clear')
    .action((id) =>
      withAppliance(async (appliance) => {
        const { numbers } = await readTold();
        const { objection } = await objectFor(appliance, id, actor(), numbers, listObjections(appliance));
        printFacts({ request: id, numbers: objection?.numbers }, false);
      }),
    );
  rights
    .command('letter <request>')
    .description('draft of the answer, from what the register has')
    .addOption(new Option('--language <word>', 'fr or en').choices(['fr', 'en']).default('fr'))
    .action((id, { language }) =>
      withAppliance(async (appliance) => {
        console.log((await letterOf(appliance, id, language)).trimEnd());
      }),
    );
}

async function search(
  appliance: Appliance,
  id: string,
  { numbersStdin, json }: { numbersStdin?: boolean; json: boolean },
): Promise<void> {
  if (numbersStdin) await attachTo(appliance, id, actor(), { numbers: (await readTold()).numbers });
  const found = await searchForRequest(appliance, id, actor());
  const recordings = found.recordings.map((row) => ({
    recording: row.id,
    started: row.started_at,
    line: row.line_name || row.did,
    purpose: row.purpose,
    consent: row.consent,
    state: row.state,
    due: row.due_at,
    held: row.held_until ?? '',
  }));
  const calls = found.calls.map(({ row, record }) => ({
    call: row.id,
    arrived: row.arrived_at,
    direction: row.direction,
    line: row.line_name || row.did,
    heard:
      record?.announcements
        .filter((one) => one.heardToTheEndAt)
        .map((one) => one.id)
        .join(' ') ?? '?',
    consent: row.consent,
    recorded: row.recorded === 1,
    reason: row.reason ?? '',
  }));
  if (json) return printJson({ recordings, calls });
  printRows(recordings, RECORDINGS, false, 'no recordings');
  printRows(calls, CALLS, false, 'no calls');
}

async function exportPack(
  appliance: Appliance,
  id: string,
  { to, withhold, json }: { to: string; withhold?: Record<string, string>; json: boolean },
): Promise<void> {
  const { contents, recordings, written } = await gatherPack(appliance, id, actor(), withhold);
  const packed = await writePacked(to, `request-${id}`, new Date(contents.madeAt), (folder) =>
    layOutPack(folder, contents, recordings, appliance.signer),
  );
  await written();
  const { withheld, calls } = contents;
  printFacts(
    { exported: packed, recordings: recordings.length, withheld: withheld.length, calls: calls.length },
    json,
  );
}
