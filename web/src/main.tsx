/** Starts the UI: who is the appliance, who is logged in, show. */
import { render } from 'preact';
import './shared/styles/tokens.css';
import './shared/styles/base.css';
import './shared/styles/controls.css';
import './shared/styles/frame.css';
import './shared/styles/filters.css';
import './shared/styles/plots.css';
import './shared/styles/forms.css';
import './access/access.css';
import './recordings/recordings.css';
import './calls/calls.css';
import './playback/playback.css';
import './keys/keys.css';
import './keys/made-keys.css';
import './health/health.css';
import './listens/listens.css';
import './reference/reference.css';
import './retention/retention.css';
import './rights/rights.css';
import './audit/audit.css';
import './scorecards/scorecards.css';
import './settings/settings.css';
import './statistics/statistics.css';
import './supervision/supervision.css';
import { recallSession } from './access/session.ts';
import { App } from './app.tsx';
import { startAutoLock } from './keys/auto-lock.ts';
import { opener } from './keys/key-holder.ts';
import { recallSite } from './site.ts';

startAutoLock(opener);
await Promise.all([recallSite(), recallSession()]);

const root = document.getElementById('app');
if (!root) throw new Error('index.html has no element #app');
render(<App />, root);

// A page kept for the back button would keep clear audio too.
addEventListener('pagehide', () => opener.lock());
