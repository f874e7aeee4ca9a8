/** The API for who writes a program against it: the routes by topic, from the description that the server makes of them. */
import { useSignal } from '@preact/signals';
import { useCallback, useEffect } from 'preact/hooks';
import { api } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import { language } from '../shared/i18n.ts';
import type { ApiDocument } from '../shared/reference-types.ts';
import { Bone, Failure, PageTitle } from '../shared/ui.tsx';
import { Codes, type Route, RouteLine } from './route-line.tsx';
import { referenceWords } from './words.ts';

export function ReferencePage() {
  const document = useSignal<ApiDocument | null>(null);
  const problem = useSignal<string | null>(null);
  const asked = useSignal('');
  const load = useCallback(async () => {
    try {
      document.value = await api.reference();
      problem.value = null;
    } catch (error) {
      problem.value = codeOf(error);
    }
  }, [document, problem]);
  useEffect(() => void load(), [load]);
  const t = referenceWords.value;
  const { value } = document;
  const all = value ? routesOf(value) : [];
  const found = all.filter((route) => fits(route, asked.value));
  return (
    <>
      <PageTitle text={t.title}>
        <p class="muted">{value ? t.count(all.length, value.info.version) : '\u00a0'}</p>
      </PageTitle>
      {problem.value && <Failure code={problem.value} testId="reference-error" retry={() => void load()} />}
      <section class="card reference-head">
        <p>{t.hint}</p>
        <p>
          <a href="/api/openapi.json" target="_blank" rel="noreferrer">
            {t.document}
          </a>
        </p>
        <div class="field">
          <label for="route-search">{t.search}</label>
          <input
            id="route-search"
            type="search"
            aria-describedby="route-search-hint"
            value={asked.value}
            onInput={(event) => {
              asked.value = event.currentTarget.value;
            }}
          />
          <p class="hint" id="route-search-hint">
            {t.searchHint}
          </p>
          <p class="hint" role="status">
            {value && asked.value.trim() ? t.found(found.length) : ''}
          </p>
        </div>
      </section>
      {!value && !problem.value && (
        <section class="card" aria-busy="true">
          <Bone width="l" />
        </section>
      )}
      {value && <Topics document={value} routes={found} />}
    </>
  );
}

function Topics({ document, routes }: { document: ApiDocument; routes: Route[] }) {
  const t = referenceWords.value;
  const codes = document['x-error-codes'];
  const shown = document.tags.flatMap(({ name, description, 'x-title-fr': french }) => {
    const ofTopic = routes.filter(({ operation }) => operation.tags.includes(name));
    return ofTopic.length ? [{ name, title: language.value === 'fr' ? french : description, ofTopic }] : [];
  });
  return (
    <>
      {shown.length === 0 && (
        <section class="card">
          <p class="muted" data-testid="no-routes">
            {t.none}
          </p>
        </section>
      )}
      {shown.map(({ name, title, ofTopic }) => (
        <section key={name} class="card" data-testid={`topic-${name}`}>
          <h2>{title}</h2>
          <ul class="routes">
            {ofTopic.map((route) => (
              <RouteLine key={`${route.method} ${route.path}`} route={route} codes={codes} />
            ))}
          </ul>
        </section>
      ))}
      <section class="card" data-testid="codes">
        <h2>{t.codes}</h2>
        <p class="hint">{t.codesHint}</p>
        <pre class="error-form">{'{ "error": { "code": "…", "message": "…", "hint": "…" } }'}</pre>
        <Codes codes={Object.entries(codes)} />
      </section>
    </>
  );
}

function routesOf({ paths }: ApiDocument): Route[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
}

function fits({ method, path, operation }: Route, asked: string): boolean {
  const told = [method, path, operation.summary, operation['x-title-fr'], operation['x-permission']];
  return [...told, ...operation['x-errors']].join(' ').toLowerCase().includes(asked.trim().toLowerCase());
}
