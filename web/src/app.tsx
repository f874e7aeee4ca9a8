/** The table of contents of the UI: which page a place shows, and what passes between the slices. */
import { effect, untracked } from '@preact/signals';
import { AccountPage } from './access/account-page.tsx';
import { EnrolPage } from './access/enrol-page.tsx';
import { LogInPage } from './access/log-in-page.tsx';
import { may, mayHear, session } from './access/session.ts';
import { StepUpDialog } from './access/step-up.tsx';
import { IncidentPage } from './incidents/incident-page.tsx';
import { opener } from './keys/key-holder.ts';
import { OwnKeyCard } from './keys/own-key-card.tsx';
import { forgetOwnKeys } from './keys/own-keys.ts';
import { forgetRing } from './keys/ring.ts';
import { forgetSetup } from './keys/setup.ts';
import { SetupPage } from './keys/setup-page.tsx';
import { UnlockForm } from './keys/unlock-form.tsx';
import { Welcome } from './keys/welcome.tsx';
import { pagesSeen } from './pages.ts';
import { RecordingPage } from './playback/recording-page.tsx';
import { forgetRecordings } from './recordings/catalogue.ts';
import { forgetNumbers } from './recordings/numbers.ts';
import { RecordingsPage } from './recordings/recordings-page.tsx';
import { ReferencePage } from './reference/reference-page.tsx';
import { KeepOrDestroy } from './retention/keep-or-destroy.tsx';
import { RequestPage } from './rights/request-page.tsx';
import { JudgeCard } from './scorecards/judge-card.tsx';
import { forgetSettings } from './settings/planning.ts';
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
  forgetSettings();
  forgetOwnKeys();
  forgetSetup();
  // What it forgets is none of what this watches.
  untracked(forgetRing);
});

/** Locked again, rows are masked again, whichever page is shown. */
effect(() => {
  if (opener.key.value === null) untracked(forgetNumbers);
});

export function App() {
  if (session.value === undefined) return null;
  if (place.value.page === 'enrol' || session.value === null) return <LoggedOut />;
  return (
    <Shell>
      <Page />
      <StepUpDialog />
    </Shell>
  );
}

function LoggedOut() {
  return (
    <div class="logged-out">
      <div class="top-end">
        <Preferences />
      </div>
      {place.value.page === 'enrol' ? <EnrolPage /> : <LogInPage siteName={site.value?.name ?? 'Greffier'} />}
      <Footer />
    </div>
  );
}

function Page() {
  const here = place.value;
  if (here.page === 'nowhere') return <Nowhere />;
  if (here.page === 'account') return <AccountPage OwnKey={may('keys:own') ? OwnKeyCard : null} />;
  if (here.page === 'setup' && may('keys:recovery')) return <SetupPage />;
  if (here.page === 'welcome') return <Welcome />;
  if (here.page === 'reference') return <ReferencePage />;
  if (here.page === 'recording' && mayHear.value)
    return (
      <RecordingPage
        key={here.id}
        id={here.id}
        opener={opener}
        UnlockForm={UnlockForm}
        user={session.value?.user ?? ''}
        Judge={may('scorecards:make') ? JudgeCard : null}
        Fate={may('holds:ask') || may('destruction:ask') ? KeepOrDestroy : null}
      />
    );
  if (here.page === 'request' && may('rights:read')) return <RequestPage key={here.id} id={here.id} />;
  if (here.page === 'incident' && may('incident:work')) return <IncidentPage key={here.id} id={here.id} />;
  // Whoever may not see a page gets the first one that is theirs.
  const seen = pagesSeen();
  const entry = seen.find(({ page }) => page === here.page) ?? seen[0];
  if (entry?.page === 'recordings')
    return <RecordingsPage user={session.value?.user ?? ''} opener={opener} UnlockForm={UnlockForm} />;
  return entry?.Page ? <entry.Page /> : <AccountPage OwnKey={null} />;
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
