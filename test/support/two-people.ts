// Orders that a person gives on the command line of the box, with password and second factor; and what one asks and the
// other approves.

import { setTimeout as delay } from 'node:timers/promises';
import { Secret, TOTP } from 'otpauth';
import { inBox, type LabInfo } from './lab.ts';

const STEP_MS = 30_000;

/** Gives an order as that person. A code counts once: when it was used, the next one is awaited. */
export async function orderAs(
  lab: LabInfo,
  { user, password, totpSecret }: LabInfo['admin'],
  ...words: string[]
): Promise<string> {
  const totp = new TOTP({ secret: Secret.fromBase32(totpSecret) });
  for (let tries = 0; ; tries += 1) {
    const step = Math.floor(Date.now() / STEP_MS);
    const script = 'printf "%s\\n%s\\n" "$1" "$2" | { shift 2; greffier "$@" 2>&1; }';
    const said = await inBox(
      lab,
      'sh',
      '-c',
      `${script}; true`,
      'greffier',
      password,
      totp.generate(),
      ...words,
      '--as',
      user,
    );
    if (!said.includes('wrong name, password or code') || tries === 3) return said;
    await delay((step + 1) * STEP_MS - Date.now() + 200);
  }
}

/** One asks, the other approves; returns what came of it. */
export async function bothAgree(lab: LabInfo, ...words: string[]): Promise<string> {
  const asked = await orderAs(lab, lab.admin, ...words);
  const id = /approval +([0-9a-f-]{36})/.exec(asked)?.[1];
  if (!id) throw new Error(`not asked: ${asked}`);
  return orderAs(lab, lab.dpo, 'approvals', 'approve', id);
}
