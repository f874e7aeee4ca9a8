// A webhook as the configuration has it, and a call in the index that it is told of.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { recordingRow } from '../../../src/catalogue-rows.ts';
import { openWebhooks, webhooksInBrief } from '../../../src/webhooks-of-site.ts';
import { type KeyWorld, openKeyWorld } from './keys.ts';
import { type Answer, openReceiver } from './receiver.ts';
import { manifestOf } from './store.ts';

export const SECRET = 'a secret that both sides know';
export const ID = '00000000-0000-4000-8000-000000000001';

/** The hook of a receiver in the same folder; its secret lies in `secret`. */
export function hookOf(root: string, url: string) {
  return {
    id: 'crm',
    url,
    secret: join(root, 'secret'),
    ca: join(root, 'receiver.crt'),
    allow: ['127.0.0.0/8', '::1/128'],
    events: ['call.ended', 'recording.sealed', 'recording.destroyed', 'opt-out', 'alarm.raised'],
  };
}

/** A call that was recorded, or not, in the index. */
export function listed({ catalogue }: Pick<KeyWorld, 'catalogue'>, more: object = {}) {
  const manifest = manifestOf(ID, '2027-01-01T00:00:00.000Z');
  catalogue.putRecording({ ...recordingRow(manifest), client: 'dupont' });
  catalogue.putCall({
    id: ID,
    arrived_at: '2026-11-22T07:00:00.000Z',
    answered_at: '2026-11-22T07:00:05.000Z',
    ended_at: '2026-11-22T07:01:05.000Z',
    direction: 'inbound',
    client: 'dupont',
    did: '+33170000000',
    line_name: 'Accueil',
    policy: 'accueil',
    queue: '',
    last4: '5678',
    fingerprint: 'f'.repeat(64),
    extension: '201',
    waiting_ms: 5000,
    disposition: 'answered',
    consent: 'not-refused',
    announced: 1,
    recorded: 1,
    reason: null,
    ...more,
  });
}

/** An appliance with one webhook, and the program that takes it. */
export async function world(
  t: Parameters<typeof openKeyWorld>[0],
  hook: object = {},
  answers: Answer[] = [200],
) {
  const w = await openKeyWorld(t);
  const receiver = await openReceiver(t, w.root, answers);
  const secret = w.at('secret');
  await writeFile(secret, `${SECRET}\n`);
  const usual = hookOf(w.root, receiver.url);
  Object.assign(w.appliance.config, { webhooks: [{ ...usual, ...hook }] });
  const hooks = await openWebhooks(w.appliance);
  await hooks.look();
  return { w, hooks, receiver, brief: async () => (await webhooksInBrief(w.appliance))[0] };
}
