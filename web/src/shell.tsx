/** The frame around every page: header with navigation, and the footer. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { logOut, session } from './access/session.ts';
import { KeyStatus } from './keys/key-status.tsx';
import { KeyNotice } from './keys/notice.tsx';
import { GROUPS, type PageEntry, pagesSeen } from './pages.ts';
import { words } from './shared/i18n.ts';
import { Exit, Person, Seal } from './shared/icons.tsx';
import { Preferences } from './shared/preferences.tsx';
import { follow, place } from './shared/router.ts';
import { site } from './site.ts';

export function Shell({ children }: { children: ComponentChildren }) {
  return (
    <>
      <a class="skip" href="#content">
        {words.value.common.skip}
      </a>
      <header class="top">
        <a href="/" class="brand" onClick={follow} aria-label="Greffier">
          <Seal />
          <span>Greffier</span>
        </a>
        <div class="top-end">
          <KeyStatus />
          <Preferences />
          <Account />
          <Leave />
        </div>
      </header>
      <div class="body">
        <Navigation />
        <main id="content" class="page" tabIndex={-1}>
          <KeyNotice />
          {children}
        </main>
      </div>
      <Footer />
    </>
  );
}

function Navigation() {
  const seen = pagesSeen();
  const here = place.value.page;
  const current = seen.find(({ page }) => page === here) ?? seen[0];
  const list = useRef<HTMLElement>(null);
  // On a phone the pages are one row to be swiped: the current one must not be out of sight.
  useEffect(() => {
    const shown = list.current?.querySelector<HTMLElement>('[aria-current]');
    if (shown) list.current?.scrollTo({ left: shown.offsetLeft - list.current.clientWidth / 3 });
  }, [here]);
  return (
    <nav class="pages" aria-label={words.value.nav.label} ref={list}>
      {GROUPS.map((group) => {
        const entries = seen.filter((entry) => entry.group === group);
        return entries.length > 0 && <Group key={group} group={group} entries={entries} current={current} />;
      })}
    </nav>
  );
}

interface GroupProps {
  group: (typeof GROUPS)[number];
  entries: PageEntry[];
  current: PageEntry | undefined;
}

function Group({ group, entries, current }: GroupProps) {
  const name = words.value.nav.groups[group];
  return (
    // biome-ignore lint/a11y/useSemanticElements: these are links, not fields of a form
    <div class="pages-group" role="group" aria-label={name}>
      <span class="pages-caption" aria-hidden="true">
        {name}
      </span>
      {entries.map((entry) => (
        <a
          key={entry.page}
          href={entry.path}
          onClick={follow}
          aria-current={currency(entry, current, place.value.page)}
          data-testid={`nav-${entry.page}`}
        >
          <entry.Icon />
          {entry.name()}
        </a>
      ))}
    </div>
  );
}

const LIST_OF: Record<string, string> = {
  recording: 'recordings',
  request: 'rights',
  incident: 'incidents',
};

/** A single recording belongs to the list, and is not the list; a request and an incident likewise. */
function currency(
  entry: PageEntry,
  current: PageEntry | undefined,
  here: string,
): 'page' | 'true' | undefined {
  const list = LIST_OF[here];
  if (list) return entry.page === list ? 'true' : undefined;
  if (['account', 'reference', 'nowhere', 'setup', 'welcome'].includes(here)) return undefined;
  return entry === current ? 'page' : undefined;
}

function Account() {
  const name = `${words.value.nav.account} (${session.value?.user ?? ''})`;
  return (
    <a
      href="/account"
      class="icon-button"
      aria-label={name}
      title={name}
      data-testid="account"
      onClick={follow}
    >
      <Person />
    </a>
  );
}

function Leave() {
  const t = words.value.nav;
  const name = `${t.logOut} (${session.value?.user ?? ''})`;
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={name}
      title={name}
      data-testid="log-out"
      onClick={logOut}
    >
      <Exit />
    </button>
  );
}

/** Which appliance this is, and which build of the UI the browser runs. */
export function Footer() {
  const t = words.value.common;
  const { value } = site;
  return (
    <footer class="foot">
      {value && (
        <p>
          {value.name} · Greffier {value.version} ·{' '}
          <span title={`${t.bundle}: ${value.bundle}`}>
            {t.bundle} <code data-testid="bundle">{value.bundle.slice(0, 8)}</code>
          </span>
          {session.value && (
            <>
              {' · '}
              <a href="/reference" onClick={follow} data-testid="reference-link">
                {t.reference}
              </a>
              {' · '}
              <a href="/viewer.html" download data-testid="viewer-link">
                {t.viewer}
              </a>
            </>
          )}
        </p>
      )}
    </footer>
  );
}
