/**
 * Who called, for the rows of this page: the sealed part of each is fetched and opened in this browser, once the key is
 * unlocked and a reason was given. All of it is forgotten when the key is locked.
 */
import { effect, signal } from '@preact/signals';
import { api } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import type { CallDetails, Recording } from '../shared/api-types.ts';
import type { Opener } from '../shared/opener.ts';
import { recordings } from './catalogue.ts';

export interface Why {
  code: string;
  note: string;
}

/** By the id of the recording; `null` for one that the key does not open. */
export const numbers = signal<ReadonlyMap<string, CallDetails | null>>(new Map());
/** Why they are shown; `null` as long as nobody asked for them. */
export const why = signal<Why | null>(null);
export const problem = signal<string | null>(null);

/** Watches the key, the reason and the rows as long as the page is there. Returns what ends that. */
export function watchNumbers(opener: Opener): () => void {
  let busy = false;

  async function open(rows: Recording[], { code, note }: Why): Promise<void> {
    const missing = rows.filter(({ id, state }) => state !== 'destroyed' && !numbers.peek().has(id));
    if (missing.length === 0) return;
    const { tickets } = await api.numberTickets(
      missing.map(({ id }) => id),
      code,
      note,
    );
    // What was destroyed meanwhile has none, and is not asked for again.
    const gone = missing.filter(({ id }) => !tickets.some((ticket) => ticket.id === id));
    numbers.value = new Map([...numbers.peek(), ...gone.map(({ id }) => [id, null] as const)]);
    for (const { id, ticket } of tickets) {
      const details = await read(opener, api.detailsAddress(id, ticket));
      if (!opener.key.peek()) return;
      numbers.value = new Map(numbers.peek()).set(id, details);
    }
  }

  return effect(() => {
    const [key, reason, rows] = [opener.key.value, why.value, recordings.value];
    if (!key || !reason || !rows || busy) return;
    busy = true;
    open(rows, reason)
      .catch((error: unknown) => {
        problem.value = codeOf(error);
        why.value = null;
      })
      .finally(() => {
        busy = false;
        // Another page may have come meanwhile.
        const now = recordings.peek();
        if (now !== rows && now && why.peek()) recordings.value = [...now];
      });
  });
}

/** Locked again: masked again. The reason stays as long as nobody has unlocked anything yet. */
export function forgetNumbers(): void {
  if (numbers.value.size === 0) return;
  numbers.value = new Map();
  why.value = null;
}

async function read(opener: Opener, address: string): Promise<CallDetails | null> {
  const plain = await opener.open(address, () => {}).catch(() => null);
  return plain && (JSON.parse(new TextDecoder().decode(plain)) as CallDetails);
}
