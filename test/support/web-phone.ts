// A supervisor whose phone is the page: Chromium with a generated voice for a microphone, and a look at what the page does
// with it. The page itself is as it is shipped.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { hear, inPage, logIn, openView, startBrowser, type View, type Watch } from './browser.ts';
import { inBox, type LabInfo } from './lab.ts';
import { TONES, type Voice } from './scene.ts';
import { amplitude, toneWav } from './tones.ts';
import { until } from './until.ts';

/** The voice of whoever speaks in the browser. */
export const HERS: Voice = 'other';
/** Browsers take a steady tone for noise and remove it: this one comes and goes, as speech does. */
const SYLLABLES = Array.from({ length: 20 }, (): [number, number][] => [
  [TONES[HERS], 0.3],
  [0, 0.2],
]).flat();

/** Remembers what the page opens, so that a test can look at it. An empty page, which is none of ours, has no devices. */
const WATCHED = `
  window.opened = { microphones: 0, connections: [] };
  const devices = navigator.mediaDevices;
  const ask = devices?.getUserMedia.bind(devices);
  if (devices) devices.getUserMedia = (wish) => { window.opened.microphones += 1; return ask(wish); };
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...given) { super(...given); window.opened.connections.push(this); }
  };`;

export interface WebPhone {
  page: Page;
  context: BrowserContext;
  watch: Watch;
  /** Opens the live page and asks to join the agent's call in that way, in this browser. */
  join(agent: string, way: string): Promise<void>;
  /** Waits until the session runs in that mode, and sound comes in. */
  hearing(mode: string): Promise<void>;
  /** The amplitudes of these voices in what comes out of the page. */
  hears(...voices: Voice[]): Promise<number[]>;
  /** Waits until Asterisk has asked whether the phone is there, and was answered. */
  keptAlive(): Promise<void>;
  /** How often the microphone was asked for. */
  microphones(): Promise<number>;
  /** What the browser says of its newest connection: state of DTLS, cipher of SRTP. */
  secured(): Promise<{ dtlsState: string; srtpCipher: string }>;
}

/** Opens the page as the lab's manager, whose only phone is the browser. `grant`: the microphone may be had. */
export async function openWebPhone(lab: LabInfo, view: View, { grant = true } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'voice-'));
  await writeFile(join(folder, 'voice.wav'), toneWav(SYLLABLES, 48_000));
  const browser = await startBrowser([
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-audio-capture=${join(folder, 'voice.wav')}`,
    ...(grant ? ['--use-fake-ui-for-media-stream'] : ['--deny-permission-prompts']),
  ]);
  const { context, page, watch } = await openView(browser, lab, view);
  await context.addInitScript(WATCHED);
  let kept = 0;
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      if (String(payload) === '\r\n') kept += 1;
    }),
  );
  await logIn(page, lab);
  // Whoever is not logged in yet is told so, and the browser says that it was.
  watch.complaints.length = 0;
  const phone: WebPhone = {
    page,
    context,
    watch,
    async join(agent, way) {
      await page.goto('/live');
      const card = page.locator(`[data-testid="agent"][data-extension="${agent}"]`);
      await card.getByTestId(`way-${way}`).click();
      await page.getByTestId('ask-code').selectOption('quality');
      await page.getByTestId('ask-submit').click();
    },
    async hearing(mode) {
      await page.locator('[data-testid="browser-state"][data-state="hearing"]').waitFor();
      await page.locator('[data-testid="session"][data-state="running"]').waitFor();
      await page.locator(`[data-testid="change-${mode}"][aria-pressed="true"]`).waitFor();
    },
    async hears(...voices) {
      const { rate, left } = await hear(page);
      return voices.map((voice) => Math.max(...left.map((block) => amplitude(block, rate, TONES[voice]))));
    },
    keptAlive() {
      const before = kept;
      return until('a keep-alive was answered', async () => kept > before, 40_000);
    },
    microphones: () => inPage(page, 'window.opened.microphones'),
    secured: () =>
      inPage(
        page,
        `window.opened.connections.at(-1).getStats().then((all) => {
          const { dtlsState, srtpCipher } = [...all.values()].find(({ type }) => type === 'transport');
          return { dtlsState, srtpCipher };
        })`,
      ),
  };
  const close = async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  };
  return { phone, close };
}

/** What Asterisk says of the media of a phone's channel: true when it is encrypted. */
export async function isEncrypted(lab: LabInfo, extension: string): Promise<boolean> {
  const script = `
import base64, json, sys, urllib.parse, urllib.request
secret = open('/etc/greffier/secrets/ari').read().strip()
def ask(path):
    request = urllib.request.Request('http://127.0.0.1:8088/ari/' + path)
    request.add_header('Authorization', 'Basic ' + base64.b64encode(('greffier:' + secret).encode()).decode())
    return json.load(urllib.request.urlopen(request))
one = next(c for c in ask('channels') if c['name'].startswith('PJSIP/' + sys.argv[1] + '-'))
print(ask('channels/' + one['id'] + '/variable?variable=' + urllib.parse.quote('CHANNEL(rtp,secure)'))['value'])`;
  return (await inBox(lab, 'python3', '-c', script, extension)).trim() === '1';
}
