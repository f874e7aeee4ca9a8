// Every value of /etc/greffier/greffier.yaml. There is no other source: no environment variable, no default password.

import Type, { type Static } from 'typebox';
import { webhooksSchema } from './webhooks.ts';
import { witnessesSchema } from './witnesses.ts';

const closed = { additionalProperties: false };
const path = Type.String({ pattern: '^/' });
const port = Type.Integer({ minimum: 1, maximum: 65_535 });

export const configSchema = Type.Object(
  {
    site: Type.Object(
      {
        name: Type.String({ minLength: 1, maxLength: 80 }),
        timezone: Type.String({ minLength: 1 }),
        language: Type.Union([Type.Literal('fr'), Type.Literal('en')]),
        /** ISO 3166 country whose national numbers the trunk may present. */
        country: Type.String({ pattern: '^[A-Z]{2}$' }),
      },
      closed,
    ),
    web: Type.Object(
      { address: Type.String({ minLength: 2 }), port, certificate: path, key: path, root: path },
      closed,
    ),
    /** Figures for monitoring, on 127.0.0.1 and that port; none when absent. */
    metrics: Type.Optional(Type.Object({ port }, closed)),
    /** Left out, the log is kept for a year. */
    audit: Type.Optional(Type.Object({ retentionMonths: Type.Integer({ minimum: 6, maximum: 12 }) }, closed)),
    asterisk: Type.Object(
      {
        ami: Type.Object(
          {
            host: Type.String({ minLength: 1 }),
            port,
            eventsUser: Type.String({ minLength: 1 }),
            eventsSecret: path,
            controlUser: Type.String({ minLength: 1 }),
            controlSecret: path,
          },
          closed,
        ),
        ari: Type.Object(
          { url: Type.String({ pattern: '^https?://' }), user: Type.String({ minLength: 1 }), secret: path },
          closed,
        ),
      },
      closed,
    ),
    paths: Type.Object(
      {
        spool: path,
        state: path,
        recoveryKeys: path,
        /** Holds a folder of public keys for each recipient group. */
        recipients: path,
        hmacKey: path,
        seed: path,
        /** Passwords of the phones that live in a browser; none when absent. */
        browserPhones: Type.Optional(path),
        /** Asterisk's event log; where its package puts it when absent. */
        cel: Type.Optional(path),
        /** Asterisk's account of its queues; where asterisk-conf/ puts it when absent. */
        queueLog: Type.Optional(path),
      },
      closed,
    ),
    /** Who remembers checkpoints of the audit log; none when absent. */
    witnesses: Type.Optional(witnessesSchema),
    /** Programs that are told of what happens; none when absent. */
    webhooks: Type.Optional(webhooksSchema),
    /** Where the daily backup goes, and from what time of day on; without it there is none. */
    backup: Type.Optional(
      Type.Object({ folder: path, at: Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' }) }, closed),
    ),
  },
  closed,
);

/** What the file holds; secrets are paths of files (house style 9). */
export type ConfigFile = Static<typeof configSchema>;
