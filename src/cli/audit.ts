// greffier audit: the log of who did what, read, verified and handed out.

import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { Appliance } from '../appliance.ts';
import { filesOf, proveLines } from '../audit/checkpoint.ts';
import type { AuditEntry } from '../audit/journal.ts';
import { exportAudit } from '../audit-export.ts';
import { pruneAudit } from '../audit-upkeep.ts';
import { GreffierError } from '../shared/errors.ts';
import { verifyCommand } from './audit-verify.ts';
import type { Action } from './greffier.ts';
import { printFacts, printRows } from './output.ts';
import { asCaller } from './privileges.ts';
import { actor } from './wording.ts';

const FILTERS = ['actor', 'action', 'recording', 'subject'] as const;

/** Adds the commands. */
export function auditCommands(program: Command, withAppliance: Action): void {
  const audit = program
    .command('audit')
    .description('who did what, when and why; and whether the log still says so');
  verifyCommand(audit, withAppliance);
  audit
    .command('show')
    .description('entries, newest first')
    .option('--actor <login>', 'of that person')
    .option('--action <word>', 'of that kind: play, export, purge, …')
    .option('--recording <id>', 'about that recording')
    .option('--subject <id>', 'about that hold, approval, request or extract')
    .option('--since <time>', 'from that moment on (ISO 8601)')
    .option('--until <time>', 'before that moment (ISO 8601)')
    .option('--limit <count>', 'how many', wholeNumber, 50)
    .option('--json', 'as JSON')
    .action((options) => withAppliance((appliance) => show(appliance, options)));
  audit
    .command('prove <index>')
    .description('an entry with the proof that it is in the log, as files')
    .requiredOption('--to <folder>', 'folder to write to')
    .action((index, { to }) =>
      withAppliance((appliance) => prove(appliance, wholeNumber(index), resolve(to))),
    );
  audit
    .command('export')
    .description('the whole log as a folder that verifies itself, with coreutils and gpg')
    .requiredOption('--to <folder>', 'folder to make')
    .requiredOption('--reason <text>', 'why it is handed out; goes into the log')
    .action(({ to, reason }) =>
      withAppliance(async (appliance) => {
        await appliance.audit.write({ actor: actor(), action: 'audit-export', reason });
        await exportAudit(appliance, resolve(to), asCaller);
        console.log(resolve(to));
      }),
    );
  audit
    .command('checkpoint')
    .description('the signed root of the log as it is now')
    .option('--json', 'as JSON')
    .action(({ json }) =>
      withAppliance(async ({ audit: log }) => {
        const { text, signature, size, root } = await log.checkpoint();
        if (json) return printFacts({ size, root, text, signature }, true);
        console.log(`${text}\n${signature}`);
      }),
    );
  audit
    .command('prune')
    .description('destroy what is older than the site keeps it, as the daemon does each day')
    .action(() => withAppliance(async (appliance) => console.log(`${await pruneAudit(appliance)} pruned`)));
  audit
    .command('erase <index>')
    .description('erase what an entry tells of people; the log still verifies')
    .requiredOption('--reason <text>', 'why; goes into the log')
    .action((index, { reason }) =>
      withAppliance(async ({ audit: log }) => {
        await log.erase(wholeNumber(index), { actor: actor(), reason });
        console.log(`erased ${index}`);
      }),
    );
}

interface ShowOptions extends Partial<Record<(typeof FILTERS)[number], string>> {
  since?: string;
  until?: string;
  limit: number;
  json: boolean;
}

async function show(
  { audit }: Appliance,
  { since, until, limit, json, ...filter }: ShowOptions,
): Promise<void> {
  const fits = (entry: AuditEntry) =>
    FILTERS.every((name) => filter[name] === undefined || entry[name] === filter[name]) &&
    (since === undefined || entry.at >= momentOf(since)) &&
    (until === undefined || entry.at < momentOf(until));
  const found = (await audit.entries()).filter(fits).reverse().slice(0, limit);
  const rows = found.map(({ index, at, actor: who, action, recording = '', ...rest }) => ({
    ...rest,
    index,
    at,
    actor: who,
    action,
    recording,
    why: [rest.code, rest.reason].filter(Boolean).join(': '),
  }));
  const columns = ['index', 'at', 'actor', 'action', 'recording', 'why'];
  printRows(json ? found.map((entry) => ({ ...entry })) : rows, columns, json, 'no entry fits');
}

async function prove({ audit }: Appliance, index: number, to: string): Promise<void> {
  const checkpoint = await audit.checkpoint();
  const line = (await audit.lines(index))[0];
  if (line?.index !== index)
    throw new GreffierError('no-such-entry', `there is no entry ${index}`, {
      hint: 'greffier audit show numbers them',
    });
  const [proven] = proveLines((await audit.leaves()).slice(0, checkpoint.size), [line]);
  if (!proven) return;
  const files = {
    ...filesOf(proven),
    'checkpoint.txt': checkpoint.text,
    'checkpoint.txt.asc': checkpoint.signature,
  };
  await asCaller(async () => {
    await mkdir(to, { recursive: true });
    for (const [file, content] of Object.entries(files))
      await writeFile(join(to, file), content, { mode: 0o600 });
  });
  printFacts({ proved: Object.keys(files).map((file) => join(to, file)) }, false);
}

function momentOf(text: string): string {
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime()))
    throw new GreffierError('bad-time', `not a time: ${text.slice(0, 40)}`, {
      hint: 'write 2026-11-22T08:00:00Z',
    });
  return moment.toISOString();
}

function wholeNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('write a whole number');
}
