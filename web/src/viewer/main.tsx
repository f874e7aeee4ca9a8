/** Starts the offline viewer: one file, no server, no network. */
import { render } from 'preact';
import '../shared/styles/tokens.css';
import '../shared/styles/base.css';
import '../shared/styles/controls.css';
import '../shared/styles/frame.css';
import '../shared/styles/forms.css';
import '../playback/playback.css';
import './viewer.css';
import { Viewer } from './viewer.tsx';

const root = document.getElementById('app');
if (!root) throw new Error('viewer.html has no element #app');
render(<Viewer />, root);
