// A few objects of the settings, changed by their names: what a form hands in. All the rest stays as it is, whoever has
// changed it meanwhile; so whoever fills in a form need not be told of the rest.

import Type, { type Static } from 'typebox';
import { closed } from './forms.ts';
import { keyOf } from './objects.ts';
import type { Settings } from './schema.ts';

/** What has a form. */
export const EDITABLE = ['clients', 'policies', 'lines', 'queues'] as const;

export const editSchema = Type.Object(
  {
    section: Type.Enum([...EDITABLE]),
    /** Id, or number of a line. */
    key: Type.String({ minLength: 1, maxLength: 64 }),
    /** The whole object; null takes it away. Its form is checked with all of the settings. */
    value: Type.Union([Type.Null(), Type.Record(Type.String({ maxLength: 64 }), Type.Unknown())]),
  },
  closed,
);
export type Edit = Static<typeof editSchema>;

/** The settings with those objects replaced, added or taken away; not checked yet. */
export function withEdits(settings: Settings, edits: readonly Edit[]): unknown {
  const next: Settings = { ...settings };
  for (const { section, key, value } of edits) {
    const objects: unknown[] = [...next[section]];
    const at = objects.findIndex((one) => keyOf(section, one) === key);
    if (at >= 0) objects.splice(at, 1, ...(value ? [value] : []));
    else if (value) objects.push(value);
    Object.assign(next, { [section]: objects });
  }
  return next;
}
