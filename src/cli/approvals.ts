// greffier approvals: what one person has asked for and another decides.

import type { Command } from 'commander';
import type { Permission } from '../access/roles.ts';
import type { Appliance } from '../appliance.ts';
import { stateOf } from '../approvals/approval.ts';
import { askFor, DECIDED_BY, decide, resumeApproved } from '../four-eyes.ts';
import { asPerson } from './as-person.ts';
import type { Action } from './greffier.ts';
import { printFacts, printRows } from './output.ts';

const AS = ['--as <login>', 'who it is; password and code are read from standard input'] as const;

/** Adds the commands, and the one that asks for a clock to be believed. */
export function approvalsCommands(program: Command, withAppliance: Action): void {
  const approvals = program.command('approvals').description('what waits for a second person');
  approvals
    .command('list')
    .description('requests, the newest first')
    .option('--all', 'those that were decided too')
    .option('--json', 'as JSON')
    .action(({ all, json }) => withAppliance((appliance) => list(appliance, Boolean(all), json)));
  for (const [verb, verdict, what] of [
    ['approve', 'approved', 'approve a request of somebody else; it takes effect at once'],
    ['refuse', 'refused', 'refuse a request of somebody else'],
  ] as const)
    approvals
      .command(`${verb} <id>`)
      .description(what)
      .requiredOption(...AS)
      .option('--note <text>', 'why; goes into the audit log')
      .action((id, { as, note }) =>
        withAppliance(async (appliance) => {
          const { kind } = await appliance.approvals.one(id);
          const by = await asPerson(appliance, as, DECIDED_BY[kind] as Permission);
          const { outcome, decision } = await decide(appliance, id, verdict, by, note);
          if (outcome?.failed) process.exitCode = 1;
          console.log(outcome?.says ?? decision?.verdict);
        }),
      );
  program
    .command('time')
    .description('what time it is, as far as destruction goes')
    .option('--json', 'as JSON')
    .option('--confirm', 'ask that a clock that jumped ahead be believed')
    .option('--reason <text>', 'why it is right', '')
    .option(...AS)
    .action(({ json, confirm, reason, as }) =>
      withAppliance(async (appliance) => {
        if (!confirm) return printFacts(await appliance.time.now(), json);
        const by = await asPerson(appliance, as ?? '', 'time:confirm');
        const { id } = await askFor(appliance, { kind: 'time-confirm', subject: {}, reason }, by);
        printFacts({ approval: id }, json);
      }),
    );
}

async function list(appliance: Appliance, decided: boolean, json: boolean): Promise<void> {
  const { approvals, clock } = appliance;
  await resumeApproved(appliance);
  const all = (await approvals.all())
    .map((approval) => ({ ...approval, state: stateOf(approval, clock()) }))
    .filter(({ state }) => decided || state === 'pending');
  const rows = all.map(({ id, kind, state, requestedBy, expiresAt, reason, subject }) => ({
    id,
    kind,
    state,
    'asked by': requestedBy,
    'good until': expiresAt.slice(0, 10),
    about: String(subject.recording ?? subject.hold ?? subject.matter ?? subject.request ?? ''),
    reason,
  }));
  const columns = ['id', 'kind', 'state', 'asked by', 'good until', 'about', 'reason'];
  printRows(json ? all : rows, columns, json, 'nothing waits');
}
