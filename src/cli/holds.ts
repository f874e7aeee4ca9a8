// greffier holds: what must not be destroyed for the time being (C24). Placing, renewing and releasing are asked for here and
// approved by somebody else.

import type { Command } from 'commander';
import type { Appliance } from '../appliance.ts';
import type { Wish } from '../approvals/desk.ts';
import { askFor } from '../four-eyes.ts';
import { resolveSelection } from '../hold-selection.ts';
import { type Hold, heldUntil } from '../holds/hold.ts';
import { holdById } from '../legal-holds.ts';
import { GreffierError } from '../shared/errors.ts';
import { asPerson } from './as-person.ts';
import { moment } from './calls.ts';
import type { Action } from './greffier.ts';
import { printFacts, printRows } from './output.ts';

const AS = ['--as <login>', 'who asks; password and code are read from standard input'] as const;
const REASON = ['--reason <text>', 'why; goes into the audit log and the hold'] as const;
const UNTIL = ['--until <date>', 'when it ends (YYYY-MM-DD), at most a year away'] as const;

/** Adds the commands. */
export function holdsCommands(program: Command, withAppliance: Action): void {
  const holds = program
    .command('holds')
    .description('recordings that must not be destroyed for the time being');
  holds
    .command('list')
    .description('holds, the newest first')
    .option('--json', 'as JSON')
    .action(({ json }) => withAppliance((appliance) => list(appliance, json)));
  holds
    .command('show <id>')
    .description('one hold with its recordings')
    .option('--json', 'as JSON')
    .action((id, { json }) =>
      withAppliance(async (appliance) => {
        const { recordings, ...hold } = await holdById(appliance, id);
        printFacts({ ...hold, recordings: recordings.map((one) => one.id) }, json);
      }),
    );
  holds
    .command('place [recording...]')
    .description('ask that recordings be held: those named, and those that fit all of a selection')
    .option('--client <id>', 'of one client')
    .option('--line <number>', 'of one line, in E.164')
    .option('--extension <number>', 'in which that extension took part')
    .option('--since <moment>', 'that began at that moment or later (ISO 8601)', moment)
    .option('--before <moment>', 'that began before that moment (ISO 8601)', moment)
    .option('--request <number>', 'those of a person who made a request at the rights desk')
    .requiredOption('--matter <text>', 'what it is about: a file number, no name')
    .requiredOption(...REASON)
    .requiredOption(...UNTIL)
    .requiredOption(...AS)
    .action((named, { matter, reason, until, as, line, ...filter }) =>
      ask(withAppliance, as, async (appliance) => {
        const { client, extension, since, before, request } = filter;
        const selection = { recordings: named, did: line, client, extension, since, before, request };
        const recordings = await resolveSelection(appliance, selection);
        return { kind: 'hold-place', subject: { recordings, matter, endsAt: endOf(until) }, reason };
      }),
    );
  holds
    .command('renew <id>')
    .description('ask that a hold last longer')
    .requiredOption(...REASON)
    .requiredOption(...UNTIL)
    .requiredOption(...AS)
    .action((hold, { reason, until, as }) =>
      ask(withAppliance, as, () => ({
        kind: 'hold-renew',
        subject: { hold, endsAt: endOf(until) },
        reason,
      })),
    );
  holds
    .command('release <id>')
    .description('ask that a hold end now: what is overdue goes with the next sweep')
    .requiredOption(...REASON)
    .requiredOption(...AS)
    .action((hold, { reason, as }) =>
      ask(withAppliance, as, () => ({ kind: 'hold-release', subject: { hold }, reason })),
    );
}

function ask(
  withAppliance: Action,
  login: string,
  wish: (appliance: Appliance) => Wish | Promise<Wish>,
): Promise<void> {
  return withAppliance(async (appliance) => {
    const by = await asPerson(appliance, login, 'holds:ask');
    const { id, expiresAt, subject } = await askFor(appliance, await wish(appliance), by);
    const recordings = (subject.recordings as string[] | undefined)?.length;
    printFacts({ approval: id, expiresAt, ...(recordings && { recordings }) }, false);
  });
}

async function list({ holds, clock }: Appliance, json: boolean): Promise<void> {
  const all = (await holds.all()).reverse();
  if (json)
    return printRows(
      all.map((hold) => ({ ...hold })),
      [],
      true,
      '',
    );
  const rows = all.map((hold) => ({
    id: hold.id,
    matter: hold.matter,
    recordings: hold.recordings.length,
    'placed on': hold.placedAt.slice(0, 10),
    'ends on': hold.endsAt.slice(0, 10),
    state: stateOf(hold, clock()),
  }));
  printRows(rows, ['id', 'matter', 'recordings', 'placed on', 'ends on', 'state'], false, 'nothing is held');
}

function stateOf(hold: Hold, now: Date): string {
  if (hold.releasedAt) return 'released';
  if (hold.damage) return 'DAMAGED';
  return heldUntil(hold, now) ? 'holds' : 'over';
}

/** The last moment of a day, UTC. */
function endOf(day: string): string {
  const end = new Date(`${day}T23:59:59.999Z`);
  if (/^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(end.getTime())) return end.toISOString();
  throw new GreffierError('bad-date', `not a day: ${day.slice(0, 20)}`, { hint: 'write 2027-06-30' });
}
