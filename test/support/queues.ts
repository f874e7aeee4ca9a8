// What an agent and a caller do at a queue, and how an admin changes the settings meanwhile.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Test } from 'tap';
import { openLab } from '../../appliance/lab/lab.ts';
import type { Settings } from '../../src/policies/schema.ts';
import { inBox, type LabInfo } from './lab.ts';
import type { Phone } from './phone.ts';
import { talkFor } from './talk.ts';

/** Dials a service of the house and hears it out. */
export async function says(phone: Phone, server: string, code: string): Promise<void> {
  // Of calls that it was rung for before.
  while (await phone.until('CALL_CLOSED', 1).catch(() => undefined));
  await phone.dial(`sip:${code}@${server}`);
  await phone.until('CALL_ESTABLISHED');
  await phone.until('CALL_CLOSED', 15_000);
}

/** A caller comes in, whoever answers talks for a second and a half. Returns what the phone showed of the caller. */
export async function reaches(caller: Phone, agent: Phone, line: string): Promise<string> {
  await caller.dial(line);
  const { peeruri = '' } = (await agent.until('CALL_ESTABLISHED', 40_000)) as { peeruri?: string };
  await talkFor(1_500);
  await caller.hangUp();
  await Promise.all([caller.until('CALL_CLOSED'), agent.until('CALL_CLOSED')]);
  return peeruri;
}

/** Applies a change of the settings, the way an admin does, and takes it back after the test. */
export async function change(
  lab: LabInfo,
  name: string,
  t: Test,
  edit: (settings: Settings) => void,
): Promise<void> {
  const file = join(openLab(name).root, 'root/queues.yaml');
  const before = await inBox(lab, 'greffier', 'policies', 'show', '--json');
  const apply = async (settings: string) => {
    await writeFile(file, settings);
    await inBox(lab, 'greffier', 'policies', 'apply', '/root/queues.yaml');
  };
  t.teardown(() => apply(before));
  const settings = JSON.parse(before) as Settings;
  edit(settings);
  await apply(JSON.stringify(settings));
}

/** Gives one queue other values, as an edit for `change`. */
export const queueWith =
  (id: string, values: Partial<Settings['queues'][number]>) =>
  ({ queues }: Settings): void =>
    void Object.assign(queues.find((queue) => queue.id === id) ?? {}, values);
