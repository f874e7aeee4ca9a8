// Which programs are told of what happens.

import Type, { type Static } from 'typebox';
import { GreffierError } from '../shared/errors.ts';

const closed = { additionalProperties: false };
const path = Type.String({ pattern: '^/[A-Za-z0-9._/-]+$' });

const webhook = Type.Object(
  {
    /** Also the name of a folder. */
    id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' }),
    url: Type.String({ pattern: '^https?://', maxLength: 2_000 }),
    /** File of what both sides sign by. */
    secret: path,
    events: Type.Array(
      Type.Enum(['call.ended', 'recording.sealed', 'recording.destroyed', 'opt-out', 'alarm.raised']),
      { minItems: 1, uniqueItems: true },
    ),
    /** Told of that client alone. */
    client: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    /** The number of the party outside is told, too; only to a hook of one client (C19). */
    numbers: Type.Optional(Type.Boolean()),
    /** Networks of the house that it may lead into. */
    allow: Type.Optional(
      Type.Array(Type.String({ pattern: '^[0-9a-fA-F.:]+/[0-9]{1,3}$' }), { maxItems: 20 }),
    ),
    /** JSON file of the form that the other program takes. */
    template: Type.Optional(path),
    /** File of the token that the other program lets us in by. */
    bearer: Type.Optional(path),
    /** File of certificates to trust instead of those of the system. */
    ca: Type.Optional(path),
  },
  closed,
);
export const webhooksSchema = Type.Array(webhook, { maxItems: 20 });
export type WebhookConfig = Static<typeof webhook>;

/** Throws `bad-config` for what one by one is in form and together is not. */
export function checkWebhooks(webhooks: readonly WebhookConfig[]): void {
  const ids = webhooks.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice) throw refusal(`two webhooks are called ${twice}`, 'give each an id of its own');
  for (const { id, numbers, client } of webhooks)
    if (numbers && client === undefined)
      throw refusal(
        `webhook ${id} has numbers and no client`,
        'a number is told to the client whose call it is',
      );
}

function refusal(message: string, hint: string): GreffierError {
  return new GreffierError('bad-config', message, { hint });
}
