// Whose personal key is which: what somebody needs in order to trust a key that they are to wrap to.

import { readKey } from 'openpgp';
import type { People } from '../access/people.ts';
import type { PersonState } from '../access/person.ts';
import type { Appliance } from '../appliance.ts';
import type { Holder } from '../keys/members.ts';
import { type PersonalKey, personalKeys } from '../keys/personal.ts';
import { whyUnfit } from '../keys/profile.ts';

/** Everybody who has or had a personal key here. Of whoever has left, what is known stays as long as the files do. */
export async function holdersOf({ config }: Appliance, people: People): Promise<Holder[]> {
  const store = personalKeys(config.state.keys);
  const keys = await store.all();
  const users = new Set([...keys.map(({ user }) => user), ...(await people.list()).map(({ user }) => user)]);
  return Promise.all(
    [...users].map(async (user) => {
      const keyIds = keys.find((key) => key.user === user)?.keyIds ?? [];
      const ever = (await store.taken(user)).flatMap((taken) => taken.keyIds);
      return { user, keyIds, everIds: [...new Set([...ever, ...keyIds])] };
    }),
  );
}

/** The public facts of people's keys: which, since when, by whose hand, and which came before. */
export async function shownHolders({ config, clock }: Appliance, people: PersonState[]) {
  const store = personalKeys(config.state.keys);
  return Promise.all(
    people.map(async ({ user, roles }) => {
      const key = await store.read(user);
      const taken = await store.taken(user);
      const last = taken.at(-1);
      // A key that is there and was never taken was laid by hand: nobody is named for it.
      const known = key && last?.fingerprint === key.fingerprint ? last : undefined;
      return {
        user,
        roles,
        fingerprint: key?.fingerprint ?? null,
        armored: key ? await publicPart(key) : null,
        unfit: key
          ? ((await whyUnfit(await readKey({ armoredKey: await publicPart(key) }), clock())) ?? null)
          : null,
        since: known?.at ?? null,
        by: known?.by ?? null,
        before: (known ? taken.slice(0, -1) : taken).map(({ fingerprint, at }) => ({ fingerprint, at })),
      };
    }),
  );
}

async function publicPart({ armored }: PersonalKey): Promise<string> {
  return (await readKey({ armoredKey: armored })).toPublic().armor();
}
