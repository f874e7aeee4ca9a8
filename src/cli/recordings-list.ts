// greffier recordings list, with the same filters as the web has.

import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Appliance } from '../appliance.ts';
import type { RecordingRow } from '../catalogue/catalogue.ts';
import { presented } from '../catalogue/presented.ts';
import { SORTS } from '../catalogue/search-filter.ts';
import { checkQuery, filterOf, type SearchQuery } from '../catalogue/search-query.ts';
import type { Place } from '../catalogue/search-walk.ts';
import { searchTrace, siteOf } from '../recording-search.ts';
import { partyOf } from '../rights-desk.ts';
import { GreffierError } from '../shared/errors.ts';
import type { Action } from './greffier.ts';
import { printJson, printRows } from './output.ts';
import { readSecret } from './secret.ts';
import { actor } from './wording.ts';

type Wish = SearchQuery & { limit: string; json?: boolean; numberStdin?: boolean; notHeld?: boolean };
const COLUMNS = ['id', 'start', 'seconds', 'line', 'caller', 'extension', 'queue', 'state', 'destroy on'];
/** Rows that are asked for at once. */
const PAGE = 200;

/** Adds the command. */
export function listCommand(recordings: Command, withAppliance: Action): void {
  recordings
    .command('list')
    .description('recordings, newest first; all that is asked for must fit')
    .option('--number-stdin', 'of the number on standard input, in any spelling')
    .option('--last-digits <digits>', 'of a number that ends with these four')
    .option('--extension <number>', 'in which that extension took part')
    .option('--person <id>', 'in which that person took part')
    .option('--line <number>', 'on that line (E.164)')
    .option('--queue <id>', 'through that queue')
    .option('--client <id>', 'of that client')
    .option('--direction <direction>', 'inbound, outbound or internal')
    .option('--from <day>', 'from that day on, by the clock of the site')
    .option('--to <day>', 'up to that day')
    .option('--min-seconds <count>', 'as long as that or longer', whole)
    .option('--max-seconds <count>', 'as long as that or shorter', whole)
    .option('--purpose <purpose>', 'for that purpose')
    .option('--consent <consent>', 'not-refused, given or legal-obligation')
    .option('--state <state>', 'sealed, interrupted, truncated or destroyed')
    .option('--held', 'held')
    .addOption(new Option('--not-held', 'not held').conflicts('held'))
    .option('--due-within-days <days>', 'destroyed within so many days', whole)
    .option('--sort <order>', SORTS.join(', '))
    .option('--limit <count>', 'how many at most', '50')
    .option('--json', 'as JSON')
    .action((wish: Wish) => withAppliance((appliance) => list(appliance, wish)));
}

/** Throws `bad-limit`, `bad-filter`, `bad-number`, `bad-date`. */
async function list(appliance: Appliance, wish: Wish): Promise<void> {
  const { limit, json, numberStdin, notHeld, ...rest } = wish;
  const wanted = Number(limit);
  if (!Number.isInteger(wanted) || wanted < 1)
    throw new GreffierError('bad-limit', `not a number of rows: ${limit}`);
  const query = checkQuery({
    ...rest,
    ...(notHeld && { held: false }),
    ...(numberStdin && { party: partyOf(appliance, await readSecret()).shown.fingerprint }),
  });
  await traced(appliance, query);
  const rows = found(appliance, query, wanted);
  if (json) return printJson(rows.map(presented));
  const nothing = Object.keys(query).length ? 'nothing fits' : 'no recordings yet';
  printRows(rows.map(shownIn(appliance.config.site.timezone)), COLUMNS, false, nothing);
}

/** Who looks for somebody outside is in the audit log, at the shell as well. */
async function traced(appliance: Appliance, { party, lastDigits }: SearchQuery): Promise<void> {
  const [looksFor, asking] = [searchTrace(appliance), { user: actor(), ip: 'command line' }];
  if (party) await looksFor(party, 'number', asking);
  if (lastDigits) await looksFor(lastDigits, 'last-digits', asking);
}

/** Page after page, until there are as many as are wanted or no more. */
function found(appliance: Appliance, query: SearchQuery, limit: number): RecordingRow[] {
  const filter = filterOf(query, { ...siteOf(appliance), now: appliance.clock(), scope: undefined });
  const rows: RecordingRow[] = [];
  let place: Place | undefined;
  do {
    const left = Math.min(PAGE, limit - rows.length);
    const page = appliance.catalogue.search.page(filter, query.sort ?? 'newest', left, place);
    rows.push(...page.rows);
    place = page.next;
  } while (place && rows.length < limit);
  return rows;
}

function shownIn(timeZone: string) {
  const time = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return (row: RecordingRow) => ({
    id: row.id,
    start: time.format(new Date(row.started_at)),
    seconds: (row.milliseconds / 1000).toFixed(1),
    line: row.line_name || row.did,
    caller: row.last4 && `…${row.last4}`,
    extension: row.extension,
    queue: row.queue,
    state: row.state,
    'destroy on': time.format(new Date(row.due_at)),
  });
}

function whole(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('write a whole number');
}
