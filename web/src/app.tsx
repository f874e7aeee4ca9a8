/** The table of contents of the UI: which page a place shows, and what passes between the slices. */
import { effect, untracked } from '@preact/signals';
import { LogInPage } from './access/log-in-page.tsx';
import { mayHear, maySeeKeys, session } from './access/session.ts';
import { HealthPage } from './health/health-page.tsx';
import { opener } from './keys/key-holder.ts';
import { KeysPage } from './keys/keys-page.tsx';
import { forgetRing } from './keys/ring.ts';
import { UnlockForm } from './keys/unlock-form.tsx';
import { RecordingPage } from './playback/recording-page.tsx';
import { forgetRecordings } from './recordings/catalogue.ts';
import { RecordingsPage } from './recordings/recordings-page.tsx';
import { words } from './shared/i18n.ts';
import { Preferences } from './shared/preferences.tsx';
import { follow, place } from './shared/router.ts';
import { PageTitle } from './shared/ui.tsx';
import { Footer, Shell } from './shell.tsx';
import { site } from './site.ts';

/** When the session ends, for whatever reason, the key is locked and the rows are forgotten. */
effect(() => {
  if (session.value !== null) return;
  opener.lock();
  forgetRecordings();
  // What it forgets is none of what this watches.
  untracked(forgetRing);
});

export function App() {
  if (session.value === undefined) return null;
  if (session.value === null) return <LoggedOut />;
  return (
    <Shell>
      <Page />
    </Shell>
  );
}

function LoggedOut() {
  return (
    <div class="logged-out">
      <div class="top-end">
        <Preferences />
      </div>
      <LogInPage siteName={site.value?.name ?? 'Greffier'} />
      <Footer />
    </div>
  );
}

function Page() {
  const here = place.value;
  if (here.page === 'nowhere') return <Nowhere />;
  if (here.page === 'keys' && maySeeKeys.value) return <KeysPage />;
  if (here.page === 'health' || !mayHear.value) return <HealthPage />;
  if (here.page === 'recordings' || here.page === 'keys') return <RecordingsPage />;
  return <RecordingPage key={here.id} id={here.id} opener={opener} UnlockForm={UnlockForm} />;
}

function Nowhere() {
  return (
    <PageTitle text={words.value.common.nowhere}>
      <a href="/" onClick={follow}>
        {words.value.common.backToList}
      </a>
    </PageTitle>
  );
}
