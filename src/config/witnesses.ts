// Who else remembers how the audit log was: folders on a share, machines that are reached over ssh, people who get mail.

import Type, { type Static } from 'typebox';
import { addDuration } from '../shared/duration.ts';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { checker } from '../shared/validate.ts';

const closed = { additionalProperties: false };
const port = Type.Integer({ minimum: 1, maximum: 65_535 });
/** Without spaces and signs: ssh reads more than a path in some of them. */
const path = Type.String({ pattern: '^/[A-Za-z0-9._/-]+$' });
/** No name that ssh or a mail server would take for an option or for a second line. */
const name = Type.String({ pattern: '^[A-Za-z0-9_][A-Za-z0-9._:-]*$', maxLength: 253 });
const address = Type.String({ pattern: '^[^\\s<>,;"]+@[^\\s<>,;"]+$', maxLength: 254 });
const common = {
  /** Also the name of a file. */
  id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' }),
  /** How often it is told, an ISO 8601 duration. */
  every: Type.Optional(Type.String({ minLength: 3, maxLength: 20 })),
};

const folder = Type.Object({ ...common, kind: Type.Literal('folder'), path }, closed);
const ssh = Type.Object(
  { ...common, kind: Type.Literal('ssh'), host: name, port, user: name, identity: path, knownHosts: path },
  closed,
);
const email = Type.Object(
  {
    ...common,
    kind: Type.Literal('email'),
    to: Type.Array(address, { minItems: 1, maxItems: 10 }),
    from: address,
    smtp: Type.Object(
      {
        host: name,
        port,
        /** implicit: TLS from the first byte; starttls: insisted on; none: within the house, and without a password. */
        tls: Type.Union([Type.Literal('implicit'), Type.Literal('starttls'), Type.Literal('none')]),
        /** Certificates to trust instead of those of the system: a company's own. */
        ca: Type.Optional(path),
        user: Type.Optional(Type.String({ minLength: 1, maxLength: 254 })),
        passwordFile: Type.Optional(path),
      },
      closed,
    ),
  },
  closed,
);

export type FolderConfig = Static<typeof folder>;
export type SshConfig = Static<typeof ssh>;
export type EmailConfig = Static<typeof email>;
export type WitnessConfig = FolderConfig | SshConfig | EmailConfig;

/** Only the kind: it says what else has to be there, and a fault is then told by its place. */
const anyKind = Type.Object({
  kind: Type.Union([folder, ssh, email].map(({ properties }) => properties.kind)),
});
export const witnessesSchema = Type.Array(Type.Unsafe<WitnessConfig>(anyKind), { maxItems: 20 });

const CHECKS = {
  folder: checker(folder, 'bad-config', 'a witness that is a folder'),
  ssh: checker(ssh, 'bad-config', 'a witness behind ssh'),
  email: checker(email, 'bad-config', 'a witness by e-mail'),
};

const USUAL = { folder: 'PT1M', ssh: 'PT1H', email: 'P1D' } as const;
const MINUTE_MS = 60_000;

/** How often a witness is told, in milliseconds. */
export function periodOf({ kind, every = USUAL[kind] }: WitnessConfig): number {
  const from = new Date(0);
  return addDuration(from, every).getTime() - from.getTime();
}

/** What a schema cannot say of them. Throws `bad-config`. */
export function checkWitnesses(witnesses: WitnessConfig[]): void {
  for (const witness of witnesses) CHECKS[witness.kind](witness);
  const ids = witnesses.map(({ id }) => id);
  for (const witness of witnesses) {
    const { id } = witness;
    if (ids.indexOf(id) !== ids.lastIndexOf(id)) throw refusal(id, 'there are two of that id');
    checkPeriod(witness);
    if (witness.kind !== 'email') continue;
    const { user, passwordFile, tls } = witness.smtp;
    if ((user === undefined) !== (passwordFile === undefined))
      throw refusal(id, 'user and passwordFile go together');
    if (user !== undefined && tls === 'none') throw refusal(id, 'a password is not sent without TLS');
  }
}

function checkPeriod(witness: WitnessConfig): void {
  let period: number;
  try {
    period = periodOf(witness);
  } catch (error) {
    throw refusal(witness.id, reasonOf(error));
  }
  if (period < MINUTE_MS) throw refusal(witness.id, `every ${witness.every} is less than a minute`);
}

function refusal(id: string, reason: string): GreffierError {
  return new GreffierError('bad-config', `witness ${id}: ${reason}`, {
    hint: 'correct greffier_witnesses in the site file and run the playbook',
  });
}
