// Who may log in. There is no default account: the first person is invited by the installer (invitations.ts).

import { join } from 'node:path';
import type { Clock } from '../shared/clock.ts';
import { GreffierError } from '../shared/errors.ts';
import { makeFolder } from '../shared/files.ts';
import { createQueue } from '../shared/in-order.ts';
import { openSettings } from '../shared/settings-file.ts';
import { checker } from '../shared/validate.ts';
import { hashPassword, isPassword } from './passwords.ts';
import {
  type Change,
  insistOnName,
  insistOnRoles,
  needsSecondFactor,
  type Person,
  type PersonState,
  peopleSchema,
  personOf,
  type StoredPerson,
} from './person.ts';
import type { Role } from './roles.ts';
import { newTotpSecret, usedCode } from './second-factor.ts';

export type { Person } from './person.ts';

export interface People {
  /** Adds a person. Returns the TOTP secret (base32) when one was asked for. Throws `user-exists`, `bad-user`, `weak-password`. */
  add(user: string, roles: Role[], password: string, withTotp: boolean): Promise<string | undefined>;
  /**
   * Throws `wrong-credentials`, `totp-required`, or `totp-not-set` when the role needs a second factor that was never
   * set up; takes as long for a name that does not exist.
   * @param code six digits of the telephone, or a recovery code
   */
  authenticate(user: string, password: string, code: string | undefined): Promise<Person>;
  /** Takes the second factor once more, of somebody who is logged in. Throws `wrong-credentials`. */
  confirm(user: string, code: string): Promise<void>;
  find(user: string): Promise<Person | undefined>;
  list(): Promise<PersonState[]>;
  /** Changes what is kept of a person, all at once. Throws `no-such-user`. */
  change(user: string, change: (person: StoredPerson) => Change): Promise<StoredPerson>;
  /** Puts a person in who has no password yet. Throws `user-exists`, `bad-user`, `no-role`. */
  insert(person: StoredPerson): Promise<void>;
  /** Throws `no-such-user`. Root can always invite somebody. */
  remove(user: string): Promise<void>;
  /** As it is kept; for the invitations. */
  stored(): Promise<StoredPerson[]>;
}

// One for the process: between reading which code was used last and writing that this one is, nobody else reads.
const inOrder = createQueue();

/** Opens the people file of the given folder. It is read anew each time: the command line may have changed it. */
export async function openPeople(folder: string, clock: Clock): Promise<People> {
  await makeFolder(folder);
  const check = checker(peopleSchema, 'bad-people', 'people');
  const open = () =>
    openSettings<{ people: StoredPerson[] }>(join(folder, 'people.json'), check, async () => ({
      people: [],
    }));
  const stored = async () => (await open()).data.people;
  const one = async (user: string) => (await stored()).find((person) => person.user === user);

  function change(user: string, changed: (person: StoredPerson) => Change) {
    return inOrder(async () => {
      const file = await open();
      const before = file.data.people.find((person) => person.user === user);
      if (!before) throw noSuchUser(user);
      const after = merged(before, changed(structuredClone(before)));
      await file.update((data) => {
        data.people = data.people.map((person) => (person.user === user ? after : person));
      });
      return after;
    });
  }

  function insert(person: StoredPerson): Promise<void> {
    insistOnName(person.user);
    insistOnRoles(person.roles);
    return inOrder(async () => {
      const file = await open();
      if (file.data.people.some(({ user }) => user === person.user))
        throw new GreffierError('user-exists', `user ${person.user} exists already`, { status: 409 });
      await file.update(({ people }) => void people.push(person));
    });
  }

  /** Marks the code as used. */
  async function consume(user: string, code: string): Promise<void> {
    await change(user, (person) => {
      const used = usedCode(person, code, clock());
      if (!used) throw wrong();
      return used;
    });
  }

  return {
    stored,
    change,
    insert,
    async add(user, roles, password, withTotp) {
      insistOnName(user);
      const totpSecret = withTotp ? newTotpSecret() : undefined;
      const passwordHash = await hashPassword(password);
      await insert({ user, roles, passwordHash, ...(totpSecret && { totpSecret }) });
      return totpSecret;
    },
    async authenticate(user, password, code) {
      const person = await one(user);
      if (!(await isPassword(person?.passwordHash, password)) || !person) throw wrong();
      if (person.totpSecret) {
        if (!code) throw new GreffierError('totp-required', 'the six-digit code is needed', { status: 401 });
        await consume(user, code);
      } else if (needsSecondFactor(person.roles)) throw totpNotSet(user);
      return personOf(person);
    },
    confirm: consume,
    async find(user) {
      const person = await one(user);
      return person?.passwordHash ? personOf(person) : undefined;
    },
    async list() {
      return (await stored()).map((person) => stateOf(person, clock()));
    },
    remove: (user) =>
      inOrder(async () => {
        const file = await open();
        const left = file.data.people.filter((person) => person.user !== user);
        if (left.length === file.data.people.length) throw noSuchUser(user);
        await file.update((data) => {
          data.people = left;
        });
      }),
  };
}

function stateOf(stored: StoredPerson, now: Date): PersonState {
  const { passwordHash, invitation, ...person } = stored;
  const late = invitation !== undefined && invitation.expiresAt <= now.toISOString();
  const state = passwordHash ? 'active' : late ? 'invitation-expired' : 'invited';
  return {
    ...personOf(stored),
    state,
    totp: person.totpSecret !== undefined,
    recoveryCodesLeft: person.recoveryCodes?.length ?? 0,
  };
}

function merged(before: StoredPerson, change: Change): StoredPerson {
  const values = Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(values) as StoredPerson;
}

function noSuchUser(user: string): GreffierError {
  return new GreffierError('no-such-user', `no user ${user.slice(0, 32)}`, {
    hint: 'greffier users list shows who there is',
    status: 404,
  });
}

function totpNotSet(user: string): GreffierError {
  return new GreffierError('totp-not-set', `user ${user} needs a second factor and has none`, {
    hint: 'an IT admin invites that person anew: greffier users reset',
    status: 403,
  });
}

function wrong(): GreffierError {
  return new GreffierError('wrong-credentials', 'wrong name, password or code', { status: 401 });
}
