// greffier calls list|show|live|draws: every call, recorded or not, and why not (promise 6).

import { type Command, InvalidArgumentError } from 'commander';
import type { Appliance } from '../appliance.ts';
import { callFacts } from '../calls/facts.ts';
import { readCallRecord } from '../calls/record.ts';
import { stateOf } from '../calls/state.ts';
import type { CallFilter, CallRow } from '../catalogue/calls.ts';
import { dayOf } from '../sealing/manifest.ts';
import { isCallId } from '../shared/call-id.ts';
import { GreffierError } from '../shared/errors.ts';
import { vconOfCall } from '../vcon-of-call.ts';
import { drawsCommand } from './draws.ts';
import type { Action } from './greffier.ts';
import { printFacts, printRows } from './output.ts';
import { steerCommands } from './steer.ts';

const COLUMNS = [
  'id',
  'arrived',
  'direction',
  'line',
  'caller',
  'extension',
  'waited',
  'disposition',
  'recorded',
  'reason',
];

/** Adds the commands on calls. */
export function callsCommands(program: Command, withAppliance: Action): void {
  const calls = program.command('calls').description('calls, recorded or not');
  calls
    .command('list')
    .description('calls, newest first, with the reason where none was recorded')
    .option('--limit <count>', 'how many at most', count, 50)
    .option('--direction <word>', 'inbound, outbound or internal')
    .option('--client <id>', 'of one client')
    .option('--line <number>', 'to one line, in E.164')
    .option('--extension <number>', 'in which that extension took part')
    .option('--disposition <word>', 'answered, unanswered, busy, failed, abandoned or rejected')
    .option('--reason <word>', 'not recorded for that reason')
    .option('--recorded', 'recorded ones')
    .option('--since <moment>', 'that came at that moment or later (ISO 8601)', moment)
    .option('--until <moment>', 'that came before that moment (ISO 8601)', moment)
    .option('--json', 'as JSON')
    .action(({ limit, line, json, ...rest }) =>
      withAppliance(async ({ catalogue }) => {
        const filter: CallFilter = { ...rest, did: line };
        printRows(catalogue.calls(limit, filter).map(shown), COLUMNS, json, 'no such calls');
      }),
    );
  calls
    .command('show <id>')
    .description('all that is kept of one call')
    .option('--json', 'as JSON')
    .action((id, { json }) => withAppliance((appliance) => show(appliance, id, json)));
  calls
    .command('export <id>')
    .description('a call as a vCon: without audio, without a transcript, and without the number')
    .requiredOption('--vcon', 'the format, and the only one there is')
    .action((id) =>
      withAppliance(async (appliance) =>
        console.log(JSON.stringify(await vconOfCall(appliance, id), null, 2)),
      ),
    );
  calls
    .command('live')
    .description('calls in progress, from the spool')
    .option('--json', 'as JSON')
    .action(({ json }) => withAppliance((appliance) => live(appliance, json)));
  drawsCommand(calls, withAppliance);
  steerCommands(calls, withAppliance);
}

function shown(row: CallRow): Record<string, unknown> {
  return {
    id: row.id,
    arrived: row.arrived_at,
    direction: row.direction,
    line: row.did,
    caller: row.last4 && `…${row.last4}`,
    extension: row.extension,
    waited: row.waiting_ms === null ? '' : (row.waiting_ms / 1000).toFixed(1),
    answered: row.answered_at !== null,
    disposition: row.disposition,
    recorded: row.recorded === 1,
    reason: row.reason ?? '',
  };
}

async function show({ catalogue, vault }: Appliance, id: string, json: boolean): Promise<void> {
  const row = isCallId(id) ? catalogue.call(id) : undefined;
  const text = row && (await vault.calls.read(id, dayOf({ arrivedAt: row.arrived_at })));
  if (!text) {
    throw new GreffierError('call-not-found', `no call ${id}`, {
      hint: 'greffier calls list shows their ids, greffier calls live those in progress',
    });
  }
  printFacts(readCallRecord(text), json);
}

async function live({ spool }: Appliance, json: boolean): Promise<void> {
  const sheets = await Promise.all((await spool.calls()).map((id) => spool.readSheet(id)));
  const rows = sheets.flatMap((sheet) => {
    const facts = sheet && callFacts(sheet);
    if (!facts) return [];
    const { id, direction, did: line, arrivedAt, extensions } = facts;
    const extension = extensions.at(-1)?.extension ?? '';
    return [{ id, arrived: arrivedAt.toISOString(), direction, line, extension, state: stateOf(sheet) }];
  });
  printRows(rows, ['id', 'arrived', 'direction', 'line', 'extension', 'state'], json, 'no calls in progress');
}

function count(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('not a number of rows');
  return Number(text);
}

/** Reads a moment. Throws for what is not ISO 8601. */
export function moment(text: string): string {
  const at = new Date(text);
  if (!/^\d{4}-\d\d/.test(text) || Number.isNaN(at.getTime()))
    throw new InvalidArgumentError('write it as 2026-11-22 or 2026-11-22T08:15:00Z');
  return at.toISOString();
}
