// Who may log in. Passwords as argon2id, the second factor as TOTP (RFC 6238), each code accepted once.

import { timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import argon2 from 'argon2';
import { Secret, TOTP } from 'otpauth';
import Type, { type Static } from 'typebox';
import type { Clock } from '../shared/clock.ts';
import { GreffierError } from '../shared/errors.ts';
import { makeFolder } from '../shared/files.ts';
import { createQueue } from '../shared/in-order.ts';
import { openSettings } from '../shared/settings-file.ts';
import { checker } from '../shared/validate.ts';
import { ROLES, type Role } from './roles.ts';

const closed = { additionalProperties: false };
const USER = '^[a-z][a-z0-9.-]{1,31}$';
const personSchema = Type.Object(
  {
    user: Type.String({ pattern: USER }),
    roles: Type.Array(Type.Enum([...ROLES])),
    passwordHash: Type.String(),
    totpSecret: Type.Optional(Type.String()),
    /** Number of the last 30 s step whose code was used: a code that was seen cannot be used again. */
    totpStep: Type.Optional(Type.Integer()),
  },
  closed,
);
const peopleSchema = Type.Object({ people: Type.Array(personSchema) }, closed);

// OWASP ASVS 5.0, 11.4: argon2id with at least 47 MiB; the issue asks for 64 MiB and three passes.
const HASHING = { type: argon2.argon2id, memoryCost: 65_536, timeCost: 3, parallelism: 1 };
const SHORTEST_PASSWORD = 12;

// One for the process: between reading which code was used last and writing that this one is, nobody else reads.
const inOrder = createQueue();

export interface Person {
  user: string;
  roles: Role[];
}

export interface People {
  /** Adds a person. Returns the TOTP secret (base32) when one was asked for. Throws `user-exists`, `bad-user`, `weak-password`. */
  add(user: string, roles: Role[], password: string, withTotp: boolean): Promise<string | undefined>;
  /** Throws `wrong-credentials` or `totp-required`; takes as long for a name that does not exist. */
  authenticate(user: string, password: string, code: string | undefined): Promise<Person>;
  find(user: string): Promise<Person | undefined>;
}

/** Opens the people file of the given folder. It is read anew each time: the command line may have changed it. */
export async function openPeople(folder: string, clock: Clock): Promise<People> {
  await makeFolder(folder);
  const check = checker(peopleSchema, 'bad-people', 'people');
  const open = () =>
    openSettings<Static<typeof peopleSchema>>(join(folder, 'people.json'), check, async () => ({
      people: [],
    }));
  /** Marks the code as used. Throws `wrong-credentials` when it is not the person's code, or was used before. */
  const consume = async (user: string, code: string) => {
    const file = await open();
    const person = file.data.people.find((one) => one.user === user);
    const step = person?.totpSecret && acceptedStep(person.totpSecret, code, clock(), person.totpStep ?? 0);
    if (!step) throw wrong();
    await file.update(({ people }) => {
      for (const one of people) if (one.user === user) one.totpStep = step;
    });
  };
  const decoy = await argon2.hash('nobody has this password', HASHING);
  return {
    async add(user, roles, password, withTotp) {
      if (!new RegExp(USER).test(user)) throw badUser(user);
      if (password.length < SHORTEST_PASSWORD) {
        throw new GreffierError(
          'weak-password',
          `a password needs at least ${SHORTEST_PASSWORD} characters`,
          { status: 400 },
        );
      }
      const totpSecret = withTotp ? new Secret({ size: 20 }).base32 : undefined;
      const passwordHash = await argon2.hash(password, HASHING);
      await inOrder(async () => {
        const file = await open();
        if (file.data.people.some((person) => person.user === user)) {
          throw new GreffierError('user-exists', `user ${user} exists already`, { status: 409 });
        }
        await file.update(({ people }) => {
          people.push({ user, roles, passwordHash, ...(totpSecret && { totpSecret }) });
        });
      });
      return totpSecret;
    },
    async authenticate(user, password, code) {
      const person = (await open()).data.people.find((one) => one.user === user);
      const right = await argon2.verify(person?.passwordHash ?? decoy, password);
      if (!person || !right) throw wrong();
      if (person.totpSecret) {
        if (!code) throw new GreffierError('totp-required', 'the six-digit code is needed', { status: 401 });
        await inOrder(() => consume(user, code));
      }
      return { user, roles: person.roles };
    },
    async find(user) {
      const person = (await open()).data.people.find((one) => one.user === user);
      return person && { user, roles: person.roles };
    },
  };
}

/** The step whose code this is, at most one step (30 s) off, and later than the last one used. */
function acceptedStep(secret: string, code: string, now: Date, last: number): number | undefined {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  const current = Math.floor(now.getTime() / 30_000);
  return [current - 1, current, current + 1].find(
    (step) => step > last && same(totp.generate({ timestamp: step * 30_000 }), code),
  );
}

function same(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function badUser(user: string): GreffierError {
  return new GreffierError('bad-user', `not a name for a user: ${JSON.stringify(user)}`, {
    hint: 'write 2 to 32 of a-z, 0-9, point and hyphen, beginning with a letter',
    status: 400,
  });
}

function wrong(): GreffierError {
  return new GreffierError('wrong-credentials', 'wrong name, password or code', { status: 401 });
}
