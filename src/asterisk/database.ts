// Asterisk's own database, written through AMI: a new generation first, then the one key that makes it valid, then
// the oldest goes. A call that has begun keeps the generation it started with.

import { GreffierError } from '../shared/errors.ts';
import { type Ami, type AmiOptions, connectAmi } from './ami.ts';

const FAMILY = 'greffier';

/** Replaces all compiled policies at once and returns the generation's number. Throws like any AMI action. */
export async function replacePolicies(
  options: AmiOptions,
  entries: [path: string, value: string][],
): Promise<number> {
  const ami = await connectAmi(options);
  try {
    const [current, previous] = [await get(ami, 'generation'), await get(ami, 'previous')];
    const generation = Math.max(Date.now(), Number(current ?? 0) + 1);
    for (const [key, val] of entries) await put(ami, `${FAMILY}-${generation}`, key, val);
    await put(ami, FAMILY, 'generation', String(generation));
    if (current) await put(ami, FAMILY, 'previous', current);
    // Calls that still run under the generation just replaced need it; the one before is a whole change older.
    if (previous && previous !== current)
      await absentIsFine(ami.action({ action: 'DBDelTree', family: `${FAMILY}-${previous}` }));
    return generation;
  } finally {
    ami.close();
  }
}

async function put(ami: Ami, family: string, key: string, val: string): Promise<void> {
  await ami.action({ action: 'DBPut', family, key, val });
}

/** The value comes as an event of its own, before or after the answer; a key that is absent is refused. */
async function get(ami: Ami, key: string): Promise<string | undefined> {
  const value = new Promise<string | undefined>((resolve) => {
    ami.onEvent((event) => {
      if (event.event === 'DBGetResponse' && event.key === key) resolve(event.val);
    });
    ami.closed.then(() => resolve(undefined));
  });
  const answer = await absentIsFine(ami.action({ action: 'DBGet', family: FAMILY, key }));
  return answer ? value : undefined;
}

async function absentIsFine<T>(action: Promise<T>): Promise<T | undefined> {
  try {
    return await action;
  } catch (error) {
    if (error instanceof GreffierError && error.code === 'ami-refused') return undefined;
    throw error;
  }
}
