/** A JSON Schema as a reader takes it in: one line a field, with its kind and its bounds. */
import type { FieldSchema } from '../shared/reference-types.ts';

export interface Field {
  /** With the names of what it lies in: `calls[].id`. */
  name: string;
  kind: string;
  required: boolean;
}

/** Deeper than this nobody reads on the page; the document has it all. */
const DEEPEST = 4;

/** The fields of an object, and of what lies in it. */
export function fieldsOf(schema: FieldSchema, prefix = '', depth = 0): Field[] {
  const parts = schema.allOf ?? [schema];
  return parts.flatMap(({ properties = {}, required = [] }) =>
    Object.entries(properties).flatMap(([key, field]) => {
      const name = `${prefix}${key}`;
      const inner = innerOf(field);
      const line = { name, kind: kindOf(field), required: required.includes(key) };
      if (!inner || depth >= DEEPEST) return [line];
      return [line, ...fieldsOf(inner.schema, `${name}${inner.joint}`, depth + 1)];
    }),
  );
}

/** The object that lies in a field, in a list or perhaps. */
function innerOf(field: FieldSchema): { schema: FieldSchema; joint: string } | undefined {
  if (field.anyOf) {
    const only = field.anyOf.filter(({ type }) => type !== 'null');
    return only.length === 1 && only[0] ? innerOf(only[0]) : undefined;
  }
  if (field.items?.properties) return { schema: field.items, joint: '[].' };
  return field.properties || field.allOf ? { schema: field, joint: '.' } : undefined;
}

/** The kind of a value, as `string`, `integer ≥ 1 ≤ 200`, `"fr" | "en"`, `string[]`, `… | null`. */
export function kindOf(field: FieldSchema): string {
  if (field.anyOf) return field.anyOf.map(kindOf).join(' | ');
  if (field.enum) return field.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (field.const !== undefined) return JSON.stringify(field.const);
  if (field.items) {
    const inner = kindOf(field.items);
    return inner.includes(' | ') ? `(${inner})[]` : `${inner}[]`;
  }
  const bounds = [
    field.minimum !== undefined && field.minimum !== 0 ? ` ≥ ${field.minimum}` : '',
    field.maximum === undefined ? '' : ` ≤ ${field.maximum}`,
    field.maxLength === undefined ? '' : ` (${field.minLength ?? 0}–${field.maxLength})`,
    field.pattern === undefined ? '' : ` ${field.pattern}`,
  ];
  return `${field.type ?? 'object'}${bounds.join('')}`;
}
