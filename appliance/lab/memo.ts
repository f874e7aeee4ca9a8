// What a lab remembers between two commands: <state>/lab.json, mode 0600 because the demo password is in it.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Login {
  user: string;
  password: string;
  totpSecret: string;
}

export interface Memo {
  subnet?: string;
  /** The last provisioning went through to its end. */
  provisioned?: boolean;
  admin?: Login;
  dpo?: Login;
  /** The password chosen for the demo login, kept before the login is made so that an interruption loses nothing. */
  chosenPassword?: string;
  firstCall?: string;
}

/** Reads what the lab in this state folder remembers; nothing at all when it was never begun. */
export function readMemo(state: string): Memo {
  try {
    return JSON.parse(readFileSync(join(state, 'lab.json'), 'utf8')) as Memo;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

/** Adds to what the lab remembers, whole file at a time. */
export function remember(state: string, news: Memo): Memo {
  mkdirSync(state, { recursive: true, mode: 0o700 });
  const memo = { ...readMemo(state), ...news };
  const file = join(state, 'lab.json');
  writeFileSync(`${file}.tmp`, `${JSON.stringify(memo, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.tmp`, file);
  return memo;
}
