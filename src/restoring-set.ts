// Which set a restore goes by: the newest whole one, signed by the appliance whose backup it is.

import { BOUND_MS, badSet, insistOnSums, readStatement, type SetStatement, setsOn } from './backup/sets.ts';
import type { Target } from './backup/target.ts';
import { GreffierError } from './shared/errors.ts';
import type { WhyBad } from './signatures.ts';

/** Files without which a set restores nothing. The sealed state is for its holder. */
const NEEDED = ['headers.tar', 'holds.tar', 'calls.tar'];

/**
 * The newest set, or the one that is named, once it is known to be what was signed. Neither one that is older nor one of
 * more than seven days ago is taken by itself: it may have headers that were destroyed since, and whoever can write on the
 * target may have put it there.
 * Throws `no-set`, `old-set`, `bad-set` and `foreign-backup`.
 */
export async function chooseSet(
  target: Target,
  whyBad: WhyBad,
  now: Date,
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
  const { name, at } = chosen;
  if (wanted === undefined && now.getTime() - at.getTime() > BOUND_MS) {
    throw new GreffierError('old-set', `the newest set is of ${at.toISOString()}, more than seven days ago`, {
      hint: `is there a target with a newer one? restore --set ${name} takes it all the same`,
    });
  }
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
    const { statement } = await chooseSet(target, whyBad, new Date(0), name);
    await insistOnSums(target, name, statement, Object.keys(statement.files));
    return undefined;
  } catch (error) {
    if (error instanceof GreffierError) return error.message;
    throw badSet(name, String(error));
  }
}
