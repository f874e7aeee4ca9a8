// greffier rights open|list|show|identify|extend|note|answer|close|figures: the register of requests (C27).

import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Appliance } from '../appliance.ts';
import { dueAt, statusOf } from '../rights/deadline.ts';
import { ANSWERS, CHANNELS, ENDINGS, KINDS, type Request } from '../rights/request.ts';
import { answer, close, extend, identify, writeNote } from '../rights/steps.ts';
import { openRequest, registerOf, rightsFigures, work } from '../rights-desk.ts';
import { moment } from './calls.ts';
import type { Action } from './greffier.ts';
import { printFacts, printRows } from './output.ts';
import { readTold } from './rights-input.ts';
import { rightsWorkCommands } from './rights-work.ts';
import { actor } from './wording.ts';

const COLUMNS = ['request', 'kind', 'received', 'due', 'status', 'identified', 'numbers'];

/** Adds the commands of the rights desk. */
export function rightsCommands(program: Command, withAppliance: Action): void {
  const rights = program.command('rights').description('requests of people about their data');
  const oneOf = (flags: string, what: string, words: readonly string[]) =>
    new Option(flags, what).choices([...words]).makeOptionMandatory();
  rights
    .command('open')
    .description('enter a request; who asks and the numbers come on standard input')
    .addOption(oneOf('--kind <word>', 'what is asked', KINDS))
    .addOption(oneOf('--channel <word>', 'how it came', CHANNELS))
    .option('--received <moment>', 'when it came (ISO 8601); now', moment)
    .option('--reference <text>', 'as whoever received it calls it; no name, no number', '')
    .option('--note <text>', 'what is to be corrected or restricted', '')
    .option('--json', 'as JSON')
    .action(({ kind, channel, received, reference, note, json }) =>
      withAppliance(async (appliance) => {
        const { name, contact, numbers } = await readTold();
        const receivedAt = received === undefined ? appliance.clock() : new Date(received);
        const person = name || contact ? { name, contact } : null;
        const asked = { kind, channel, receivedAt, reference, note, person, numbers, by: actor() };
        printFacts(shown(await openRequest(appliance, asked), appliance.clock()), json);
      }),
    );
  rights
    .command('list')
    .description('requests; those that are not answered unless told')
    .option('--all', 'those that were answered or closed, too')
    .option('--json', 'as JSON')
    .action(({ all, json }) => withAppliance((appliance) => list(appliance, all, json)));
  rights
    .command('show <request>')
    .description('all that the register has of a request')
    .option('--json', 'as JSON')
    .action((id, { json }) =>
      withAppliance(async (appliance) => {
        const request = await registerOf(appliance).read(id);
        printFacts({ ...shown(request, appliance.clock()), ...request }, json);
      }),
    );
  rights
    .command('figures')
    .description('open, overdue, answered, and the mean delay in days')
    .option('--json', 'as JSON')
    .action(({ json }) =>
      withAppliance(async (appliance) => printFacts(await rightsFigures(appliance), json)),
    );
  const step = (name: string, what: string) => rights.command(`${name} <request>`).description(what);
  const does = async (appliance: Appliance, id: string, action: string, change: Parameters<typeof work>[4]) =>
    printFacts(shown(await work(appliance, id, actor(), action, change), appliance.clock()), false);
  step('identify', 'how the person showed who they are')
    .requiredOption('--how <text>', 'kind of document or call back; not its number')
    .action((id, { how }) =>
      withAppliance((appliance) =>
        does(appliance, id, 'rights-identified', (request, doing) => identify(request, how, doing)),
      ),
    );
  step('extend', 'prolong the month to three; the person was told, within the first month')
    .requiredOption('--reason <text>', 'as the person was told')
    .requiredOption('--told <moment>', 'when they were told (ISO 8601)', moment)
    .action((id, { reason, told }) =>
      withAppliance((appliance) =>
        does(appliance, id, 'rights-extended', (request, doing) =>
          extend(request, reason, new Date(told), doing),
        ),
      ),
    );
  step('note', 'what is to be corrected or restricted; no recording is changed by it')
    .requiredOption('--text <text>', 'in words')
    .action((id, { text }) =>
      withAppliance((appliance) =>
        does(appliance, id, 'rights-note', (request, doing) => writeNote(request, text, doing)),
      ),
    );
  step('answer', 'the answer was sent')
    .addOption(oneOf('--outcome <word>', 'what was answered', ANSWERS))
    .option('--reason <text>', 'of a refusal, whole or in part', '')
    .action((id, { outcome, reason }) =>
      withAppliance((appliance) =>
        does(appliance, id, 'rights-answered', (request, doing) => answer(request, outcome, reason, doing)),
      ),
    );
  step('close', 'end a request; a year later the register forgets who it was')
    .addOption(new Option('--how <word>', 'how it ended').choices([...ENDINGS]).default('answered'))
    .action((id, { how }) =>
      withAppliance((appliance) =>
        does(appliance, id, 'rights-closed', (request, doing) => close(request, how, doing)),
      ),
    );
  rightsWorkCommands(rights, withAppliance);
}

async function list(appliance: Appliance, all: boolean, json: boolean): Promise<void> {
  const now = appliance.clock();
  const requests = (await registerOf(appliance).all()).filter(
    (request) => all || ['open', 'overdue'].includes(statusOf(request, now)),
  );
  printRows(
    requests.map((request) => shown(request, now)),
    COLUMNS,
    json,
    'no such requests',
  );
}

/** A request in one line: nothing of the person. */
function shown(request: Request, now: Date): Record<string, unknown> {
  return {
    request: request.id,
    kind: request.kind,
    received: request.receivedAt,
    due: dueAt(request).toISOString(),
    status: statusOf(request, now),
    identified: request.identity !== null,
    numbers: request.parties.length,
  };
}

/** `id=text`, several times over. Throws for what is not of that form. */
export function collectReasons(value: string, before: Record<string, string> = {}): Record<string, string> {
  const [, id, reason] = /^([0-9a-f-]{36})=(.*\S.*)$/.exec(value) ?? [];
  if (id === undefined || reason === undefined)
    throw new InvalidArgumentError('write it as ID=REASON, as the person is to read it');
  return { ...before, [id]: reason };
}
