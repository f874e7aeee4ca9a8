// greffier witness list|push|check|print: who else remembers what the audit log was.

import { writeFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Appliance } from '../appliance.ts';
import type { WitnessConfig } from '../config/witnesses.ts';
import { formatOf, logOf } from '../log-for-witnesses.ts';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { svgPage, textPage } from '../witness/page.ts';
import type { Outcome } from '../witness/witness.ts';
import { witnessesInBrief } from '../witness-of.ts';
import { createWitnesses } from '../witnesses.ts';
import type { Action } from './greffier.ts';
import { printFacts, printRows } from './output.ts';
import { asCaller } from './privileges.ts';

const NONE = 'there is no witness: whoever rewrites the whole log is not found out';

/** Adds the commands. */
export function witnessCommands(program: Command, withAppliance: Action): void {
  const witness = program.command('witness').description('who else remembers what the audit log was');
  witness
    .command('list')
    .description('what each witness has accepted last, and how far it is behind')
    .option('--json', 'as JSON')
    .action(({ json }) =>
      withAppliance(async (appliance) => {
        const { witnesses } = await witnessesInBrief(appliance);
        printRows(witnesses, ['id', 'kind', 'lastSize', 'lastAt', 'behind', 'error'], json, NONE);
      }),
    );
  for (const [verb, what] of [
    ['push', 'tell the witnesses now, as the daemon does by their periods'],
    ['check', 'compare what the witnesses hold with the log, and tell them nothing'],
  ] as const)
    witness
      .command(`${verb} [id]`)
      .description(what)
      .option('--json', 'as JSON')
      .action((id, { json }) => withAppliance((appliance) => tellAll(appliance, verb, id, json)));
  witness
    .command('print')
    .description('a page for paper, with the checkpoint as a code (QR)')
    .requiredOption('--to <file>', 'file to write, .svg or .txt')
    .option('--json', 'as JSON')
    .action(({ to, json }) => withAppliance((appliance) => print(appliance, resolve(to), json)));
}

async function tellAll(appliance: Appliance, verb: 'push' | 'check', id: string | undefined, json: boolean) {
  const witnesses = createWitnesses(appliance);
  const rows = chosen(appliance, id).map(async (witness) => {
    try {
      return { id: witness.id, ...rowOf(await witnesses[verb](witness)) };
    } catch (error) {
      process.exitCode = 1;
      const state = error instanceof GreffierError ? error.code.replace(/^witness-/, '') : 'failed';
      return { id: witness.id, state, held: null, now: null, remark: reasonOf(error) };
    }
  });
  printRows(await Promise.all(rows), ['id', 'state', 'held', 'now', 'remark'], json, NONE);
}

function rowOf({ held, now, strange, forgot }: Outcome) {
  const remark = [...(forgot ? ['it holds less than it had accepted'] : []), ...strange].join('; ');
  return { state: 'agrees', held: held?.size ?? null, now: now.size, remark };
}

function chosen({ config }: Appliance, id: string | undefined): readonly WitnessConfig[] {
  const all = config.witnesses ?? [];
  if (id === undefined) return all;
  const found = all.filter((witness) => witness.id === id);
  if (found.length) return found;
  throw new GreffierError('no-such-witness', `there is no witness ${id}`, {
    hint: 'greffier witness list shows them',
  });
}

async function print(appliance: Appliance, path: string, json: boolean): Promise<void> {
  const page = { '.svg': svgPage, '.txt': textPage }[extname(path)];
  if (!page)
    throw new GreffierError('bad-name', `${path} is named neither .svg nor .txt`, {
      hint: 'name it checkpoint.svg to print it on A4',
    });
  const { text } = await logOf(appliance).checkpoint();
  const { publicKey, fingerprint } = appliance.signer;
  const checkpoint = (await formatOf(publicKey)).read(text);
  const { language } = appliance.config.site;
  const content = page({ text, checkpoint, fingerprint, language });
  await asCaller(() => writeFile(path, content, { mode: 0o600 }));
  printFacts({ printed: path, size: checkpoint.size, root: checkpoint.root }, json);
}
