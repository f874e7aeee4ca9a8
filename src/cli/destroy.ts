// greffier recordings destroy: before its day, because the law wants it gone. Bank data captured by mistake (C17), a contract
// whose other proof was received (C18), an objection made after the call.

import { type Command, Option } from 'commander';
import type { Appliance } from '../appliance.ts';
import { createDestruction } from '../destruction.ts';
import { sweep } from '../purge/sweep.ts';
import { isCallId } from '../shared/call-id.ts';
import { GreffierError } from '../shared/errors.ts';
import type { Action } from './greffier.ts';

/** Why a recording may go before its day; the word stands in its tombstone. */
export const EARLY_REASONS = ['pci', 'other_proof', 'objection'] as const;

/** Adds the command. */
export function destroyCommand(recordings: Command, withAppliance: Action): void {
  recordings
    .command('destroy <id>')
    .description('destroy one recording before its day')
    .addOption(
      new Option('--reason <word>', 'bank data, other proof of the contract received, or an objection')
        .choices([...EARLY_REASONS])
        .makeOptionMandatory(),
    )
    .action((id, { reason }) =>
      withAppliance(async (appliance) => {
        await destroyNow(appliance, id, reason, process.env.SUDO_USER ?? 'root');
        console.log(`destroyed ${id}`);
      }),
    );
}

/**
 * Destroys one recording at once, in the order of the purge. The order is in the audit log before the first file goes.
 * Throws `recording-not-found`, `recording-destroyed`, or `destruction-failed`; then it is tried again by asking again.
 */
export async function destroyNow(
  appliance: Appliance,
  id: string,
  reason: string,
  by: string,
): Promise<void> {
  const row = isCallId(id) ? appliance.catalogue.recording(id) : undefined;
  if (!row) {
    throw new GreffierError('recording-not-found', `no recording ${id}`, {
      hint: 'greffier recordings list shows their ids',
    });
  }
  if (row.state === 'destroyed')
    throw new GreffierError('recording-destroyed', `recording ${id} was destroyed before`);
  await appliance.audit.write({ actor: by, action: 'destroy-early', recording: id, reason });
  let given = false;
  const one = { id, day: new Date(row.day), dueAt: row.due_at };
  const due = () => {
    if (given) return [];
    given = true;
    return [one];
  };
  const { failed } = await sweep({ ...createDestruction(appliance), due }, appliance.clock(), reason);
  if (failed[0]) throw new GreffierError('destruction-failed', `${id}: ${failed[0].reason}`);
}
