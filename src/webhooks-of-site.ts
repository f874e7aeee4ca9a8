// What of an appliance its webhooks are told: calls when the index lists them, and what the audit log and the alarms say
// since they were looked at last. Nothing of it ever keeps a call, a sealing or a purge waiting (house rule 5).

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Appliance } from './appliance.ts';
import { outsideParty } from './arrival/outside-party.ts';
import type { Stage } from './call-path/stages.ts';
import { callFacts } from './calls/facts.ts';
import type { WebhookConfig } from './config/webhooks.ts';
import { reasonOf } from './shared/errors.ts';
import { makeFolder, readIfThere, writeDurably } from './shared/files.ts';
import { alarmEvent, entryEvent, eventsOfCall, isUnderWay } from './webhook-events.ts';
import { checkUrl } from './webhooks/address.ts';
import { openOutbox } from './webhooks/outbox.ts';
import { createSender, type Hook, type HookState, statesOf } from './webhooks/sender.ts';

const LOOK_MS = 5_000;
const NEWEST_ALARMS = 500;

export interface Webhooks {
  /** Told of each stage of a call. Never throws. */
  reached(id: string, stage: Stage): Promise<void>;
  /** Takes up what is new in the audit log and in the alarms, and delivers what is due. */
  look(): Promise<void>;
}

/** Opens the webhooks of the configuration. Throws for a secret or a template that cannot be read. */
export async function openWebhooks(appliance: Appliance, signal?: AbortSignal): Promise<Webhooks> {
  const { config, clock, alarms, spool, log } = appliance;
  const hooks = await hooksOf(appliance);
  const gaveUp = (hook: string) =>
    alarms.raise('webhook.dead', `webhook ${hook} was away for a day: deliveries were given up`);
  const sender = createSender({ hooks, clock, gaveUp, signal });

  async function tellOfCall(id: string): Promise<void> {
    const sheet = await spool.readSheet(id);
    const presented = sheet && callFacts(sheet)?.outsideNumber;
    const party = presented ? outsideParty(presented, config.site.country, config.secrets.hmac) : undefined;
    const number = party?.valid ? party.number : undefined;
    for (const event of eventsOfCall(appliance, id, number)) await sender.tell(event);
  }

  /** The place is written after what lies before it is in the outbox: after a kill it is told again, by the same id. */
  async function takeUp(): Promise<void> {
    const place = await readPlace(config.state.webhooks);
    const size = await appliance.audit.size();
    const latest = await alarms.latest(NEWEST_ALARMS);
    const newest = latest[0]?.id ?? '';
    const audit = place && size > place.audit ? await takeUpEntries(place.audit, size) : size;
    if (place && newest !== place.alarm) {
      const known = latest.findIndex(({ id }) => id === place.alarm);
      for (const alarm of latest.slice(0, known < 0 ? latest.length : known).reverse()) {
        const event = alarmEvent(appliance, alarm);
        if (event) await sender.tell(event);
      }
    }
    if (audit !== place?.audit || newest !== place.alarm)
      await writePlace(config.state.webhooks, { audit, alarm: newest });
  }

  /** The place in the log up to which everything is told. */
  async function takeUpEntries(from: number, size: number): Promise<number> {
    const fresh = (await appliance.audit.entries()).filter(({ index = 0 }) => index >= from && index < size);
    for (const entry of fresh) {
      if (isUnderWay(appliance, entry)) return entry.index ?? from;
      const event = entryEvent(appliance, entry);
      if (event) await sender.tell(event);
    }
    return size;
  }

  return {
    async reached(id, stage) {
      if (stage !== 'catalogued' || hooks.length === 0) return;
      await tellOfCall(id).catch((error) =>
        alarms.raise('webhook.lost', `a call could not be put into the outbox: ${reasonOf(error)}`, id),
      );
    },
    async look() {
      if (hooks.length === 0) return;
      await takeUp().catch((error) => log.error({ reason: reasonOf(error) }, 'webhooks are not taken up'));
      await sender.look().catch((error) => log.error({ reason: reasonOf(error) }, 'webhooks are not sent'));
    },
  };
}

/** Looks every five seconds until told to stop. A slow receiver keeps nobody but itself waiting. */
export function keepWebhooks(webhooks: Webhooks, signal: AbortSignal): void {
  const timer = setInterval(() => void webhooks.look(), LOOK_MS);
  signal.addEventListener('abort', () => clearInterval(timer));
  void webhooks.look();
}

async function hooksOf({ config }: Pick<Appliance, 'config'>): Promise<Hook[]> {
  return Promise.all(
    (config.webhooks ?? []).map(async ({ allow = [], ...webhook }): Promise<Hook> => {
      checkUrl(webhook.url);
      const read = async (path: string | undefined) =>
        path === undefined ? undefined : (await readFile(path, 'utf8')).trim();
      const template = await read(webhook.template);
      return {
        ...webhook,
        allow,
        secret: (await read(webhook.secret)) as string,
        bearer: await read(webhook.bearer),
        ca: await read(webhook.ca),
        template: template === undefined ? undefined : JSON.parse(template),
        outbox: await openOutbox(config.state.webhooks, webhook.id),
      };
    }),
  );
}

/** How each webhook is, for health, figures and the command line. */
export async function webhooksInBrief({ config }: Pick<Appliance, 'config'>): Promise<HookState[]> {
  return statesOf(await outboxesOf(config));
}

/** The outboxes, without what is needed to send. */
export function outboxesOf(config: { webhooks?: readonly WebhookConfig[]; state: { webhooks: string } }) {
  return Promise.all(
    (config.webhooks ?? []).map(async ({ id }) => ({
      id,
      outbox: await openOutbox(config.state.webhooks, id),
    })),
  );
}

interface Place {
  audit: number;
  alarm: string;
}

async function readPlace(folder: string): Promise<Place | undefined> {
  const text = await readIfThere(join(folder, 'place.json'));
  return text === undefined ? undefined : (JSON.parse(text) as Place);
}

async function writePlace(folder: string, place: Place): Promise<void> {
  await makeFolder(folder);
  await writeDurably(join(folder, 'place.json'), JSON.stringify(place));
}
