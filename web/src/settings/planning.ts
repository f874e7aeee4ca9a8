/**
 * Changes that are not in force yet: kept in memory while one goes from page to page, planned by the server, applied as a
 * whole. A change is kept with what it was made of, so that one knows when somebody else has changed the same.
 */
import { computed, signal } from '@preact/signals';
import { ApiError, codeOf } from '../shared/api-error.ts';
import { settingsApi as api } from '../shared/settings-api.ts';
import type {
  Edit,
  SectionName,
  Sections,
  SettingsPlan,
  SettingsWish,
  ShownSettings,
} from '../shared/settings-types.ts';

interface Draft extends Edit {
  /** The object when one began to change it; null when it was not there. */
  was: object | null;
}

export const shown = signal<ShownSettings | null>(null);
export const drafts = signal<ReadonlyMap<string, Draft>>(new Map());
/** The whole as a text that is being written; null while the editor is closed. */
export const draftText = signal<string | null>(null);
/** What the server says would change; null until it was asked, or since something else was changed. */
export const plan = signal<SettingsPlan | null>(null);
/** Whether somebody has changed the settings since they were looked at. */
export const overtaken = signal(false);
/** The generation that came of it, once applied. */
export const applied = signal<string | null>(null);
export const problem = signal<ApiError | null>(null);
export const busy = signal(false);

const KEYS: Record<SectionName, string> = { clients: 'id', policies: 'id', lines: 'did', queues: 'id' };
const nameOf = (section: SectionName, key: string) => `${section} ${key}`;
const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
export const keyOf = (section: SectionName, object: object): string =>
  String((object as Record<string, unknown>)[KEYS[section]]);

export const unsaved = computed(() => drafts.value.size + (draftText.value === null ? 0 : 1));
addEventListener('beforeunload', (event) => {
  if (unsaved.value > 0) event.preventDefault();
});

/** What is in force under that name. */
export function inForce<S extends SectionName>(section: S, key: string): Sections[S] | null {
  const objects = (shown.value?.settings[section] ?? []) as Sections[S][];
  return objects.find((one) => keyOf(section, one) === key) ?? null;
}

/** Keeps a change; null takes the object away. What is as in force is no change. */
export function keep(section: SectionName, key: string, value: object | null): void {
  const next = new Map(drafts.value);
  const now = inForce(section, key);
  const name = nameOf(section, key);
  if (same(value, now)) next.delete(name);
  else next.set(name, { section, key, value, was: drafts.value.get(name)?.was ?? now });
  changed(next);
}

/** Gives a change up. */
export function drop(section: SectionName, key: string): void {
  const next = new Map(drafts.value);
  next.delete(nameOf(section, key));
  changed(next);
}

function changed(next: ReadonlyMap<string, Draft>): void {
  drafts.value = next;
  [plan.value, applied.value, problem.value] = [null, null, null];
}

/** Gives all of it up. */
export function discard(): void {
  changed(new Map());
  [draftText.value, overtaken.value] = [null, false];
}

/** Nothing of it outlives the session. */
export function forgetSettings(): void {
  discard();
  shown.value = null;
}

export interface Row<S extends SectionName> {
  key: string;
  object: Sections[S];
  state: 'in-force' | 'added' | 'changed' | 'removed';
  /** Somebody else has changed it since one began. */
  crossed: boolean;
}

/** The objects of a section as they will be, in order, with those that are to go. */
export function rowsOf<S extends SectionName>(section: S): Row<S>[] {
  const now = (shown.value?.settings[section] ?? []) as Sections[S][];
  const rows = now.map((object): Row<S> => {
    const key = keyOf(section, object);
    const draft = drafts.value.get(nameOf(section, key));
    if (!draft) return { key, object, state: 'in-force', crossed: false };
    const crossed = !same(draft.was, object);
    if (draft.value === null) return { key, object, state: 'removed', crossed };
    return { key, object: draft.value as Sections[S], state: 'changed', crossed };
  });
  const keys = new Set(rows.map(({ key }) => key));
  for (const draft of drafts.value.values())
    if (draft.section === section && draft.value !== null && !keys.has(draft.key))
      rows.push({
        key: draft.key,
        object: draft.value as Sections[S],
        state: 'added',
        crossed: draft.was !== null,
      });
  return rows;
}

/** Asks what is in force. */
export async function load(): Promise<void> {
  try {
    shown.value = await api.settings();
    problem.value = null;
  } catch (error) {
    tell(error);
  }
}

function wish(): SettingsWish {
  const base = shown.value?.version ?? '';
  if (draftText.value !== null) return { base, yaml: draftText.value };
  return {
    base,
    edits: [...drafts.value.values()].map(({ section, key, value }) => ({ section, key, value })),
  };
}

/** Asks what would change. When somebody was quicker, what is in force is read again first: one's own changes stay. */
export function makePlan(): Promise<void> {
  return whileBusy(async () => {
    plan.value = await api.planSettings(wish()).catch(async (error: unknown) => {
      if (codeOf(error) !== 'settings-changed') throw error;
      shown.value = await api.settings();
      overtaken.value = true;
      return api.planSettings(wish());
    });
  });
}

/** Puts what was planned in force. When somebody was quicker, nothing is, and there is a new plan to look at. */
export function apply(): Promise<void> {
  return whileBusy(async () => {
    try {
      const { after } = await api.applySettings(wish());
      discard();
      applied.value = after;
      shown.value = await api.settings();
    } catch (error) {
      if (codeOf(error) !== 'settings-changed') throw error;
      shown.value = await api.settings();
      overtaken.value = true;
      plan.value = await api.planSettings(wish());
    }
  });
}

async function whileBusy(work: () => Promise<void>): Promise<void> {
  [busy.value, problem.value] = [true, null];
  try {
    await work();
  } catch (error) {
    tell(error);
  }
  busy.value = false;
}

function tell(error: unknown): void {
  problem.value = error instanceof ApiError ? error : new ApiError(codeOf(error), String(error));
}
