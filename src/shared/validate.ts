// One way to check what comes from outside: a schema, and an error that names the place, the value and the rule.

import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { GreffierError } from './errors.ts';
import { lazy } from './lazy.ts';

/**
 * Builds a checker for a schema. It returns the value, typed; unknown keys are refused where the schema is closed.
 * Throws an error with the given code that names every fault. Compiled when it is first used: a command uses few of them.
 */
export function checker<T extends TSchema>(
  schema: T,
  code: string,
  what: string,
): (value: unknown) => Static<T> {
  const compiled = lazy(() => Compile(schema));
  return (value) => {
    if (compiled().Check(value)) return value as Static<T>;
    const faults = compiled()
      .Errors(value)
      .map((fault) => describe(fault, value));
    const distinct = [...new Set(faults.filter(Boolean))];
    throw new GreffierError(code, `${what}: ${distinct.join('; ')}`, {
      hint: 'correct the value, or restore the last good file',
      status: 400,
    });
  };
}

interface Fault {
  keyword: string;
  instancePath: string;
  params: object;
  message: string;
}

function describe(fault: Fault, value: unknown): string {
  if (fault.keyword === 'additionalProperties') {
    const keys = (fault.params as { additionalProperties: string[] }).additionalProperties;
    return `unknown key ${keys.map((key) => `${fault.instancePath}/${key}`).join(', ')}`;
  }
  // TypeBox also reports the "false" schema of each unknown key: the line above says it better.
  if (fault.keyword === 'boolean') return '';
  const found = fault.instancePath
    .split('/')
    .slice(1)
    .reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], value);
  const shown = typeof found === 'object' ? '' : ` (found ${JSON.stringify(found)})`;
  return `${fault.instancePath || '/'} ${fault.message}${shown}`;
}
