// greffier calls draws: was each call of a month chosen by the draw, and by nothing else (C11)?

import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { Appliance } from '../appliance.ts';
import { drawAgain, type Mismatch } from '../calls/draws.ts';
import { readCallRecord } from '../calls/record.ts';
import { drawOf, isChosen, monthOf, seedOf, thresholdOf } from '../policies/draws.ts';
import { GreffierError } from '../shared/errors.ts';
import { readIfThere } from '../shared/files.ts';
import type { Action } from './greffier.ts';
import { printJson, printRows } from './output.ts';

/** Adds the command on draws. */
export function drawsCommand(calls: Command, withAppliance: Action): void {
  calls
    .command('draws')
    .description('draw every call of a month again, and show those that do not match')
    .requiredOption('--month <month>', 'as in 2026-11, UTC', month)
    .option('--json', 'as JSON')
    .action(({ month: asked, json }) =>
      withAppliance(async (appliance) => print(await recompute(appliance, asked), json)),
    );
}

interface Recomputed {
  month: string;
  drawn: number;
  chosen: number;
  mismatches: Mismatch[];
}

async function recompute({ vault, config }: Appliance, asked: string): Promise<Recomputed> {
  const seeds = await seedsFor(config.state.draws, asked);
  const result: Recomputed = { month: asked, drawn: 0, chosen: 0, mismatches: [] };
  for await (const { day, text } of vault.calls.all()) {
    if (monthOf(day) !== asked) continue;
    const record = readCallRecord(text);
    if (!record.draw) continue;
    result.drawn += 1;
    if (record.draw.chosen) result.chosen += 1;
    result.mismatches.push(...drawAgain(record, seeds, { drawOf, thresholdOf, isChosen }));
  }
  return result;
}

/** Seeds of the month and of the one before. A seed is never made here: drawing again needs the one that was drawn by. */
async function seedsFor(folder: string, asked: string): Promise<string[]> {
  const before = new Date(`${asked}-01T00:00:00Z`);
  before.setUTCMonth(before.getUTCMonth() - 1);
  const months = [asked, monthOf(before)];
  const seeds = await Promise.all(
    months.map(async (name) => {
      if ((await readIfThere(join(folder, `${name}.json`))) === undefined) return [];
      return [(await seedOf(folder, name, async () => {})).seed];
    }),
  );
  if (seeds.flat().length === 0)
    throw new GreffierError('no-seed', `no seed of ${asked} nor of the month before in ${folder}`);
  return seeds.flat();
}

function print({ month: asked, drawn, chosen, mismatches }: Recomputed, json: boolean): void {
  if (mismatches.length) process.exitCode = 1;
  if (json) {
    printJson({ month: asked, drawn, chosen, mismatches });
    return;
  }
  printRows(
    mismatches.map((one) => ({ ...one })),
    ['id', 'arrived', 'what', 'stored', 'again'],
    false,
    'every draw matches',
  );
  console.log(`${drawn} drawn, ${chosen} chosen, ${mismatches.length} that do not match`);
}

function month(text: string): string {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) throw new InvalidArgumentError('write it as 2026-11');
  return text;
}
