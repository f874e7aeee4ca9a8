/** The frame around every page: header with navigation, and the footer. */
import type { ComponentChildren } from 'preact';
import { logOut, mayHear, maySeeKeys, session } from './access/session.ts';
import { KeyStatus } from './keys/key-status.tsx';
import { words } from './shared/i18n.ts';
import { Calls, Exit, Key, Pulse, Seal } from './shared/icons.tsx';
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
        <a href="/" class="brand" onClick={follow} aria-label={`Greffier, ${words.value.nav.recordings}`}>
          <Seal />
          <span>Greffier</span>
        </a>
        <Navigation />
        <div class="top-end">
          <KeyStatus />
          <Preferences />
          <Leave />
        </div>
      </header>
      <main id="content" class="page" tabIndex={-1}>
        {children}
      </main>
      <Footer />
    </>
  );
}

function Navigation() {
  const t = words.value.nav;
  const here = place.value.page;
  return (
    <nav aria-label={t.label}>
      {mayHear.value && (
        <a
          href="/"
          onClick={follow}
          aria-current={here === 'recordings' ? 'page' : here === 'recording' ? 'true' : undefined}
          data-testid="nav-recordings"
        >
          <Calls />
          {t.recordings}
        </a>
      )}
      {maySeeKeys.value && (
        <a
          href="/keys"
          onClick={follow}
          aria-current={here === 'keys' ? 'page' : undefined}
          data-testid="nav-keys"
        >
          <Key />
          {t.keys}
        </a>
      )}
      <a
        href="/health"
        onClick={follow}
        aria-current={here === 'health' || (here !== 'keys' && !mayHear.value) ? 'page' : undefined}
        data-testid="nav-health"
      >
        <Pulse />
        {t.health}
      </a>
    </nav>
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
        </p>
      )}
    </footer>
  );
}
