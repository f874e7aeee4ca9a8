// Which set a restore goes by: the newest whole one, signed by the appliance whose backup it is.

import { badSet, insistOnSums, readStatement, type SetStatement, setsOn } from './backup/sets.ts';
import type { Target } from './backup/target.ts';
import { GreffierError } from './shared/errors.ts';
import type { WhyBad } from './signatures.ts';

/** Files without which a set restores nothing. The sealed state is for its holder. */
const NEEDED = ['headers.tar', 'holds.tar', 'calls.tar'];

/**
 * The newest set, or the one that is named, once it is known to be what was signed. An older one is never taken by itself:
 * it may have headers that were destroyed since.
 * Throws `no-set`, `bad-set` and `foreign-backup`.
 */
export async function chooseSet(
  target: Target,
  whyBad: WhyBad,
  wanted?: string,
): Promise<{ name: string; statement: SetStatement }> {
  const sets = await setsOn(target);
  const chosen = wanted === undefined ? sets.at(-1) : sets.find(({ name }) => name === wanted);
  if (!chosen) {
    throw new GreffierError(
      'no-set',
      wanted === undefined ? 'there is no whole set' : `there is no set ${wanted}`,
      {
        hint: 'greffier backup status shows the sets there are',
      },
    );
  }
  const { name } = chosen;
  const { statement, bytes, signature } = await readStatement(target, name);
  const reason = await whyBad(bytes, signature);
  if (reason !== undefined) {
    throw new GreffierError('foreign-backup', `the set ${name} is not signed by this appliance: ${reason}`, {
      hint: `it says it is by ${statement.signedBy}: restore the state first, or give that key by --signing-key`,
    });
  }
  await insistOnSums(target, name, statement, NEEDED);
  return { name, statement };
}

/** Why a set cannot be used; undefined when it can. */
export async function whyUnusable(target: Target, whyBad: WhyBad, name: string): Promise<string | undefined> {
  try {
    const { statement } = await chooseSet(target, whyBad, name);
    await insistOnSums(target, name, statement, Object.keys(statement.files));
    return undefined;
  } catch (error) {
    if (error instanceof GreffierError) return error.message;
    throw badSet(name, String(error));
  }
}
