// The live board over an open appliance: sheets of the spool and Asterisk's word on phones and queues, joined with the
// settings and today's figures. Events are the doorbell: all is looked at again every few seconds, and after an outage.

import type { Appliance } from './appliance.ts';
import type { Ami, AmiFields } from './asterisk/ami.ts';
import { whatAsteriskHolds } from './asterisk/holds.ts';
import { keepOnly, noFacts, takeAll, takeEvent, takeSheet } from './board/facts.ts';
import { type Figures, figuresOf } from './board/figures.ts';
import type { Board } from './board/schema.ts';
import type { Site } from './board/site.ts';
import { boardOf, clientsWatched, type Watcher } from './board/view.ts';
import { isCallId } from './shared/call-id.ts';
import { reasonOf } from './shared/errors.ts';
import { createQueue } from './shared/in-order.ts';
import { dayStart } from './shared/wall-clock.ts';

/** Doorbells that ring within this time are answered together. */
const TOGETHER_MS = 50;
/** Figures are counted anew after this time, or when a call was closed. */
const FIGURES_MS = 5_000;
const AGAIN_MS = 1_000;

export interface LiveBoard {
  /** Looks at the sheet of one call, or at all. */
  look(id?: string): void;
  onEvent(event: AmiFields): void;
  /** Asterisk is heard again: all is taken anew. Resolves when it was, or when the link is gone. */
  up(ami: Ami): Promise<void>;
  /** Takes anew what Asterisk holds, while it is heard. */
  resync(): Promise<void>;
  down(): void;
  boardFor(watcher: Watcher): Board;
  /** Calls whenever the board may have changed; returns what ends that. */
  onChange(listener: () => void): () => void;
}

/** Builds the board; nothing is known before the first look. */
export function createLiveBoard({ spool, settings, catalogue, clock, config, log }: Appliance): LiveBoard {
  const facts = noFacts(clock());
  const listeners = new Set<() => void>();
  const dirty = new Set<string>();
  const counted = new Map<string, { at: number; figures: Figures }>();
  let [rung, all] = [false, false];
  let link: Ami | undefined;
  // An older reading of a sheet must not come after a newer one.
  const inOrder = createQueue();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const site = (): Site => {
    const {
      people = [],
      teams = [],
      queues = [],
      ring_groups = [],
      lines = [],
      policies = [],
    } = settings.data;
    return { people, teams, queues, ring_groups, lines, policies };
  };

  /** Looks at the sheets that somebody rang for, or at all. Returns of which calls. */
  async function attend(whole: boolean): Promise<string[]> {
    const some = [...dirty];
    dirty.clear();
    const ids = whole ? await spool.calls() : some;
    if (whole) keepOnly(facts, ids);
    const open = ids.filter((id) => !facts.over.has(id));
    await Promise.all(open.map(async (id) => takeSheet(facts, id, await spool.readSheet(id))));
    return ids;
  }

  async function take(ami: Ami): Promise<void> {
    // The sheets first, the channels after: a call that arrives in between is in neither list, and stays.
    const ids = await inOrder(() => attend(true));
    const meanwhile: AmiFields[] = [];
    const off = ami.onEvent((event) => meanwhile.push(event));
    try {
      takeAll(facts, await whatAsteriskHolds(ami), ids, clock());
      // What it held may be older than what it said since.
      for (const event of meanwhile) takeEvent(facts, event, clock());
    } finally {
      off();
    }
    changed();
  }

  async function answer(): Promise<void> {
    const whole = all;
    [rung, all] = [false, false];
    await inOrder(() => attend(whole)).catch((error) =>
      log.warn({ reason: reasonOf(error) }, 'the board is behind'),
    );
    changed();
  }

  function figuresFor(user: string): Figures {
    const now = clock();
    const clients = clientsWatched(site(), user).sort();
    const known = counted.get(clients.join(' '));
    if (known && now.getTime() - known.at < FIGURES_MS) return known.figures;
    const { timezone } = config.site;
    const from = dayStart(now, timezone).toISOString();
    const quarters = clients.flatMap((client) => catalogue.callsByQuarter(client, from));
    const figures = figuresOf(quarters, now, timezone);
    counted.set(clients.join(' '), { at: now.getTime(), figures });
    return figures;
  }

  return {
    look(id) {
      if (id === undefined) all = true;
      else if (isCallId(id)) dirty.add(id);
      if (rung) return;
      rung = true;
      setTimeout(() => void answer(), TOGETHER_MS);
    },
    onEvent(event) {
      if (takeEvent(facts, event, clock())) changed();
    },
    async up(ami) {
      link = ami;
      while (link === ami && facts.staleSince)
        await take(ami).catch(async (error) => {
          log.warn({ reason: reasonOf(error) }, 'the board is not right yet');
          await Promise.race([ami.closed, new Promise((go) => setTimeout(go, AGAIN_MS))]);
        });
    },
    async resync() {
      if (link && !facts.staleSince) await take(link);
    },
    down() {
      link = undefined;
      facts.staleSince ??= clock().toISOString();
      changed();
    },
    boardFor: (watcher) => boardOf(facts, site(), watcher, figuresFor(watcher.user), clock()),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
