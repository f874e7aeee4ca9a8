/** One route: closed, its method and what it does; opened, who may, what it takes, what it answers, what may go wrong. */
import type { ComponentChildren } from 'preact';
import { accessWords } from '../access/words.ts';
import { language } from '../shared/i18n.ts';
import type { ErrorCode, Operation } from '../shared/reference-types.ts';
import { type Field, fieldsOf, kindOf } from './fields.ts';
import { referenceWords } from './words.ts';

export interface Route {
  method: string;
  path: string;
  operation: Operation;
}

export function RouteLine({ route, codes }: { route: Route; codes: Record<string, ErrorCode> }) {
  const { method, path, operation } = route;
  const t = referenceWords.value;
  const french = language.value === 'fr';
  const { parameters = [], requestBody } = operation;
  const body = requestBody?.content['application/json']?.schema;
  const given = parameters.map(({ name, required, schema }) => ({ name, required, kind: kindOf(schema) }));
  return (
    <li>
      <details class="route" data-testid="route">
        <summary>
          <span class={`method ${method}`}>{method.toUpperCase()}</span>
          <code>{path}</code>
          <span class="route-title">{french ? operation['x-title-fr'] : operation.summary}</span>
        </summary>
        <div class="route-body">
          <Part title={t.who}>
            <Who operation={operation} />
          </Part>
          {given.length > 0 && (
            <Part title={t.parameters}>
              <Fields fields={given} />
            </Part>
          )}
          {body && (
            <Part title={t.body}>
              <Fields fields={fieldsOf(body)} />
            </Part>
          )}
          <Part title={t.answer}>
            <Answer operation={operation} />
          </Part>
          {operation['x-errors'].length > 0 && (
            <Part title={t.errors}>
              <Codes codes={operation['x-errors'].map((code) => [code, codes[code]] as const)} />
            </Part>
          )}
        </div>
      </details>
    </li>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Who({ operation }: { operation: Operation }) {
  const t = referenceWords.value;
  const names: Record<string, string> = accessWords.value.roleNames;
  if (operation['x-permission'] === 'public') return <p>{t.anybody}</p>;
  return (
    <p>
      <code>{operation['x-permission']}</code>
      {` · ${operation['x-roles'].map((role) => names[role] ?? role).join(', ')}`}
      {operation['x-step-up'] && ` · ${t.stepUp}`}
    </p>
  );
}

function Answer({ operation: { responses } }: { operation: Operation }) {
  const t = referenceWords.value;
  const [status = '', answer] = Object.entries(responses).find(([code]) => /^[12]/.test(code)) ?? [];
  const [type, content] = Object.entries(answer?.content ?? {})[0] ?? [];
  if (!type) return <p>{`${status} · ${status === '101' ? t.websocket : t.nothing}`}</p>;
  if (type !== 'application/json') return <p>{`${status} · ${t.bytes(type)}`}</p>;
  return (
    <>
      <p>{status}</p>
      <Fields fields={fieldsOf(content?.schema ?? {}).map((field) => ({ ...field, required: false }))} />
    </>
  );
}

function Fields({ fields }: { fields: Field[] }) {
  const t = referenceWords.value;
  return (
    <ul class="fields">
      {fields.map(({ name, kind, required }) => (
        <li key={name}>
          <code>{name}</code> <span class="muted">{required ? `${kind} · ${t.required}` : kind}</span>
        </li>
      ))}
    </ul>
  );
}

/** Codes with their status and what they mean. */
export function Codes({ codes }: { codes: (readonly [string, ErrorCode | undefined])[] }) {
  return (
    <ul class="fields">
      {codes.map(([code, told]) => (
        <li key={code}>
          <code>{code}</code>{' '}
          <span class="muted">{`${told?.status ?? ''} · ${told?.[language.value] ?? ''}`}</span>
        </li>
      ))}
    </ul>
  );
}
