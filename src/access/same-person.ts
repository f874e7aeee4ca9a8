// Two logins of one person are no four eyes. What can be seen of it is seen here: one second factor for both.

import { join } from 'node:path';
import { readIfThere } from '../shared/files.ts';

interface Stored {
  people: { user: string; totpSecret?: string }[];
}

/** True when both are one login, or when one telephone makes the codes of both. */
export async function isSamePerson(folder: string, one: string, other: string): Promise<boolean> {
  if (one === other) return true;
  const { people } = JSON.parse(
    (await readIfThere(join(folder, 'people.json'))) ?? '{"people":[]}',
  ) as Stored;
  const [secret, second] = [one, other].map(
    (user) => people.find((person) => person.user === user)?.totpSecret,
  );
  return secret !== undefined && secret === second;
}
