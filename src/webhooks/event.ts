// What is told to other programs, and in which form. Ids are those of the appliance and say nothing of a person; a number
// travels only where the site has said so, and then that of one client's calls (C19).

export const EVENTS = [
  'call.ended',
  'recording.sealed',
  'recording.destroyed',
  'opt-out',
  'alarm.raised',
] as const;
export type EventType = (typeof EVENTS)[number];

export interface CallTold {
  id: string;
  direction: string;
  /** The same in the words of other programs: Inbound, INBOUND. */
  directionTitle: string;
  directionUpper: string;
  line: string;
  startedAt: string;
  answeredAt: string | null;
  endedAt: string | null;
  day: string;
  durationSeconds: number;
  durationMs: number;
  disposition: string;
  recorded: boolean;
  /** Why it was not recorded; null when it was. */
  reason: string | null;
}

export interface WebhookEvent {
  /** The same at each delivery of the same event: whoever has seen it has nothing to do. */
  id: string;
  type: EventType;
  at: string;
  site: string;
  /** Id of the client; null for what concerns the appliance as a whole. */
  client: string | null;
  call?: CallTold;
  recording?: { id: string; state: string; durationSeconds: number; dueAt: string };
  alarm?: { code: string; call: string | null };
  /** Of the party outside, in E.164. */
  number?: string;
}

/** Whom an event may be told: a hook of one client hears of that client alone. */
export function concerns(
  { events, client }: { events: readonly EventType[]; client?: string | undefined },
  event: WebhookEvent,
): boolean {
  return events.includes(event.type) && (client === undefined || client === event.client);
}

/** What a hook is sent of it: the number only to one that is kept to its client and was given numbers. */
export function cutFor(
  { client, numbers = false }: { client?: string | undefined; numbers?: boolean | undefined },
  { number, ...event }: WebhookEvent,
): WebhookEvent {
  return numbers && client !== undefined && client === event.client && number ? { ...event, number } : event;
}

/**
 * Fills a template: `{{call.id}}` stands for that value of the event, and for null where there is none. A text that is one
 * placeholder and nothing else becomes the value itself, so that a number stays a number. Nothing is evaluated.
 */
export function fill(template: unknown, event: WebhookEvent): unknown {
  if (Array.isArray(template)) return template.map((part) => fill(part, event));
  if (typeof template === 'object' && template !== null)
    return Object.fromEntries(Object.entries(template).map(([key, part]) => [key, fill(part, event)]));
  if (typeof template !== 'string') return template;
  const [, whole] = /^\{\{([\w.]+)\}\}$/.exec(template) ?? [];
  if (whole) return valueAt(event, whole);
  return template.replaceAll(/\{\{([\w.]+)\}\}/g, (_, path: string) => String(valueAt(event, path) ?? ''));
}

function valueAt(event: WebhookEvent, path: string): unknown {
  const found = path
    .split('.')
    .reduce<unknown>(
      (at, key) => (Object.hasOwn(Object(at), key) ? (at as Record<string, unknown>)[key] : null),
      event,
    );
  return found ?? null;
}
