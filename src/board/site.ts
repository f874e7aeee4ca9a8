// What the board needs to know of the settings: who works where, for whom, and who watches whom.

/** What a supervisor may do in a call that lasts, as the settings name it. */
export const MODES = ['listen', 'whisper', 'barge', 'take-over'] as const;
export type Mode = (typeof MODES)[number];

export interface Person {
  id: string;
  name: string;
  client: string;
  extensions: string[];
  /** Staff representative: their calls are nobody's business (C10). */
  staff_rep?: boolean | undefined;
}

export interface Team {
  id: string;
  name: string;
  client: string;
  members: string[];
  supervisors: string[];
  modes: readonly Mode[];
}

export interface Queue {
  id: string;
  name: string;
  client: string;
  number: string;
  extensions: string[];
  wrap_up_seconds: number;
}

export interface Group {
  id: string;
  number: string;
  extensions: string[];
}

export interface Line {
  did: string;
  name: string;
  client: string;
  destination: {
    extensions?: string[] | undefined;
    ring_group?: string | undefined;
    queue?: string | undefined;
  };
}

export interface Site {
  people: Person[];
  teams: Team[];
  queues: Queue[];
  ring_groups: Group[];
  lines: Line[];
  policies: { id: string; live_listening: boolean }[];
}

/** Extensions that ring for a line. */
export function rungByLine(site: Site, did: string): string[] {
  const { destination } = site.lines.find((line) => line.did === did) ?? {};
  if (!destination) return [];
  const group = site.ring_groups.find(({ id }) => id === destination.ring_group);
  return destination.extensions ?? group?.extensions ?? membersOf(site, destination.queue ?? '');
}

/** Extensions that ring for a number inside: an extension, a group or a queue. */
export function rungByNumber(site: Site, number: string): string[] {
  if (site.people.some(({ extensions }) => extensions.includes(number))) return [number];
  const named = [...site.ring_groups, ...site.queues].find((one) => one.number === number);
  return named?.extensions ?? [];
}

/** Extensions that may serve a queue. */
export function membersOf(site: Site, queue: string): string[] {
  return site.queues.find(({ id }) => id === queue)?.extensions ?? [];
}
