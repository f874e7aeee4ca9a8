// Some orders are those of a person, and not of root: who gives them proves it by password and second factor, as at the
// web page. They are read from standard input, one line each; on a terminal nothing of them is shown.

import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { openPeople } from '../access/people.ts';
import { mayAs, type Permission } from '../access/roles.ts';
import { attempt } from '../access/shell-attempts.ts';
import type { Appliance } from '../appliance.ts';
import { GreffierError } from '../shared/errors.ts';

/** Who it is. Throws `wrong-credentials`, `totp-required`, `too-many-attempts`, `forbidden`; each refusal is in the audit log. */
export async function asPerson(
  { config, clock, audit }: Appliance,
  user: string,
  permission: Permission,
): Promise<string> {
  const [password = '', code] = await readAnswers([`password of ${user}: `, 'six-digit code: ']);
  const people = await openPeople(config.state.access, clock);
  const logIn = () => people.authenticate(user, password, code || undefined);
  // Of names that nobody has, one count is kept: what was typed may be a password.
  const counted = (await people.find(user)) ? user : '';
  const person = await attempt(config.state.access, clock, counted, logIn).catch(async (error) => {
    await audit.write({
      actor: 'unknown',
      action: 'log-in-refused',
      reason: error.message,
      from: 'command line',
    });
    throw error;
  });
  if (mayAs(person, permission)) return person.user;
  await audit.write({ actor: person.user, action: 'refused', reason: permission, from: 'command line' });
  throw new GreffierError('forbidden', `user ${person.user} may not ${permission}`, { status: 403 });
}

/** One line for each question. */
async function readAnswers(questions: string[]): Promise<string[]> {
  const terminal = Boolean(process.stdin.isTTY);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal });
  const answers: string[] = [];
  const next = lines[Symbol.asyncIterator]();
  for (const question of questions) {
    if (terminal) process.stderr.write(question);
    const { value, done } = await next.next();
    if (terminal) process.stderr.write('\n');
    if (done) break;
    answers.push(value);
  }
  lines.close();
  return answers;
}
