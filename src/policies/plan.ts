// What a change of the settings would change, object by object and field by field.

import { isDeepStrictEqual } from 'node:util';
import { called, KINDS, keyOf, SECTIONS, type Section } from './objects.ts';
import type { Settings } from './schema.ts';

export interface FieldChange {
  /** As in `destination.queue`. */
  field: string;
  before?: string;
  after?: string;
}

export interface Change {
  change: 'added' | 'changed' | 'removed';
  section: Section | 'internal';
  /** As in `line +33123456701`. */
  what: string;
  fields: FieldChange[];
}

/** The changes, in the order of the settings' sections. */
export function planOf(before: Settings, after: Settings): Change[] {
  const changes = SECTIONS.flatMap((section) => {
    const [old, fresh] = [before[section], after[section]].map(
      (objects) => new Map((objects as object[]).map((object) => [keyOf(section, object), object])),
    ) as [Map<string, object>, Map<string, object>];
    return [...new Set([...old.keys(), ...fresh.keys()])].map((key) => {
      const [one, other] = [old.get(key), fresh.get(key)];
      return changeOf(section, called(section, one ?? other), one, other);
    });
  });
  return [...changes, changeOf('internal', 'internal', before.internal, after.internal)].filter(
    (change) => change !== undefined,
  );
}

const SIGNS = { added: '+', changed: '~', removed: '-' };
/** Objects that a summary names; of more it gives the number. */
const NAMED = 8;

/**
 * The plan in one line, for the audit log, without what the values were. People are counted, not named: what is in the log
 * stays when they are gone.
 */
export function planSummary(changes: Change[]): string {
  const things = changes.filter(({ section }) => section !== 'people');
  const people = changes.length - things.length;
  const named = things
    .slice(0, NAMED)
    .map(({ change, what, fields }) =>
      change === 'changed'
        ? `~ ${what} (${fields.map(({ field }) => field).join(', ')})`
        : `${SIGNS[change]} ${what}`,
    );
  const more = things.length - named.length;
  return [
    ...named,
    ...(more > 0 ? [`${more} more`] : []),
    ...(people > 0 ? [`~ ${KINDS.people.word}: ${people}`] : []),
  ].join('; ');
}

/** The plan for people: one line for each object, its fields below it. */
export function planText(changes: Change[]): string {
  const lines = changes.flatMap(({ change, what, fields }) => [
    `${SIGNS[change]} ${what}`,
    ...(change === 'removed' ? [] : fields.map((field) => `    ${field.field.padEnd(24)} ${arrow(field)}`)),
  ]);
  return lines.join('\n');
}

function arrow({ before, after }: FieldChange): string {
  return before === undefined ? String(after) : `${before} → ${after ?? '(none)'}`;
}

function changeOf(
  section: Change['section'],
  what: string,
  before?: object,
  after?: object,
): Change | undefined {
  if (isDeepStrictEqual(before, after)) return undefined;
  const [old, fresh] = [fieldsOf(before), fieldsOf(after)];
  const fields = [...new Set([...old.keys(), ...fresh.keys()])].flatMap((field): FieldChange[] => {
    const [one, other] = [old.get(field), fresh.get(field)];
    if (one === other) return [];
    return [
      { field, ...(one !== undefined && { before: one }), ...(other !== undefined && { after: other }) },
    ];
  });
  return { change: !before ? 'added' : !after ? 'removed' : 'changed', section, what, fields };
}

/** Fields with the path to each; a list is one field. */
function fieldsOf(object: object | undefined, prefix = ''): Map<string, string> {
  const fields = Object.entries(object ?? {}).flatMap(([name, value]): [string, string][] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? [...fieldsOf(value, `${prefix}${name}.`)]
      : [[prefix + name, shown(value)]],
  );
  return new Map(fields);
}

function shown(value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  return (
    value.map((one) => (typeof one === 'object' ? Object.values(one).join(' ') : one)).join(', ') || '(none)'
  );
}
