// What the settings are made of, and how each object is called when something is said of it.

export const KINDS = {
  clients: { word: 'client', key: 'id' },
  recipient_groups: { word: 'recipient group', key: 'id' },
  announcements: { word: 'announcement', key: 'id' },
  policies: { word: 'policy', key: 'id' },
  lines: { word: 'line', key: 'did' },
  ring_groups: { word: 'ring group', key: 'id' },
  queues: { word: 'queue', key: 'id' },
  conferences: { word: 'conference', key: 'id' },
  people: { word: 'person', key: 'id' },
  teams: { word: 'team', key: 'id' },
  outbound: { word: 'outbound', key: 'client' },
} as const;

export type Section = keyof typeof KINDS;

export const SECTIONS = Object.keys(KINDS) as Section[];

/** Name of an object within its section; what is not there yet may be of any form. */
export function keyOf(section: Section, object: unknown): string {
  return String((object as Record<string, unknown> | null)?.[KINDS[section].key] ?? '');
}

/** As in `line +33123456701`. */
export function called(section: Section, object: unknown): string {
  return `${KINDS[section].word} ${keyOf(section, object)}`;
}

/** Puts names for the places in a message about the form: `/lines/0/did` becomes `line +33123456701 /did`. */
export function withNames(message: string, settings: unknown): string {
  return message.replace(/\/([a-z_]+)\/(\d+)/g, (place, section, index) => {
    if (!Object.hasOwn(KINDS, section)) return place;
    const object = (settings as Record<string, unknown[] | undefined>)[section]?.[Number(index)];
    return keyOf(section, object) ? `${called(section, object)} ` : place;
  });
}
