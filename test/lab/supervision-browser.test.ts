// A supervisor joins a call from the browser: no phone on the desk, sound by WebRTC. The same rules, the same log, and the
// same measures as on a phone (test/lab/supervision.test.ts); and the microphone is closed while one only listens.

import { test } from 'tap';
import { labInfo } from '../../appliance/lab/info.ts';
import { inBox } from '../support/lab.ts';
import { voicesIn } from '../support/outcome.ts';
import { startPhone } from '../support/phone.ts';
import { AGENT, begun, toldOf } from '../support/supervised.ts';
import { channels, supervisedInBrowser } from '../support/supervised-in-browser.ts';
import { talkFor } from '../support/talk.ts';
import { until } from '../support/until.ts';
import { HERS, isEncrypted, openWebPhone } from '../support/web-phone.ts';

const lab = await labInfo(process.env.GREFFIER_LAB ?? 'test');
const { phone, close } = await openWebPhone(lab, { language: 'fr', theme: 'light', width: 1280 });
const { page } = phone;

/** Her phone in the browser, of which nobody but her knows. */
const BROWSER = '291';
const TALK_MS = 4_000;
/** Of what she says, three fifths are sound. */
const HEARD_MS = 1_500;
/** Far above what is left of a tone that is not there. */
const LOUD = 0.05;

test('who listens in the browser hears both, has no open microphone, and the media are encrypted', async (t) => {
  const { heard, recording, session } = await supervisedInBrowser(lab, async () => {
    await phone.join(AGENT, 'listen');
    await phone.hearing('listen');
    // A session is not over when the box asks whether the browser is still there, as it does all along.
    await phone.keptAlive();
    const [outside = 0, agent = 0] = await phone.hears('outside', '201');
    t.ok(outside > LOUD, `the caller is heard: ${outside}`);
    t.ok(agent > LOUD, `the agent is heard: ${agent}`);
    t.equal(await phone.microphones(), 0, 'the microphone is not even asked for');
    t.equal(await page.getByTestId('browser-microphone').getAttribute('data-open'), 'false');
    t.match(await phone.secured(), { dtlsState: 'connected', srtpCipher: /AES/ });
    t.ok(await isEncrypted(lab, BROWSER), 'Asterisk says so too');
    t.notOk(await isEncrypted(lab, AGENT), 'and not of a phone that is not');
    await talkFor(TALK_MS);
    await page.getByTestId('session-end').click();
    await page.getByTestId('session').waitFor({ state: 'detached' });
  });
  t.same([heard.caller(HERS), heard.agent(HERS)], [0, 0], 'nobody hears her');
  t.same(recording && [voicesIn(recording.outside), voicesIn(recording.inside)], [['outside'], ['201']]);
  t.match(await toldOf(lab, session), [
    { action: 'supervision-begin', actor: 'demo', code: 'quality', extensions: AGENT, reason: 'listen' },
    { action: 'supervision-end', actor: 'demo' },
  ]);
});

test('what is whispered from the browser is heard by the agent alone, and only as long as it is a whisper', async (t) => {
  const { heard, recording, session } = await supervisedInBrowser(lab, async () => {
    await phone.join(AGENT, 'listen');
    await phone.hearing('listen');
    await page.getByTestId('change-whisper').click();
    await begun(lab, 'whisper');
    await page.locator('[data-testid="browser-microphone"][data-open="true"]').waitFor();
    await talkFor(TALK_MS);
    const before = await phone.microphones();
    t.equal(before, 1, 'asked for when somebody is to hear her');
    await page.getByTestId('change-listen').click();
    await page.locator('[data-testid="browser-microphone"][data-open="false"]').waitFor();
    await phone.hearing('listen');
    await talkFor(1_000);
  });
  t.ok(heard.agent(HERS) > HEARD_MS, `the agent hears her for ${heard.agent(HERS)} ms`);
  t.ok(heard.agent(HERS) < TALK_MS + 1_500, 'and not once she listens again');
  t.equal(heard.caller(HERS), 0, 'the caller does not');
  t.same(recording && [voicesIn(recording.outside), voicesIn(recording.inside)], [['outside'], ['201']]);
  t.same(
    (await toldOf(lab, session)).map(({ action }) => action),
    ['supervision-begin', 'supervision-mode', 'supervision-mode', 'supervision-end'],
  );
});

test('who barges in from the browser is heard by both, and who takes over replaces the agent', async (t) => {
  const { heard, recording } = await supervisedInBrowser(lab, async ({ agent }) => {
    await phone.join(AGENT, 'barge');
    await phone.hearing('barge');
    await talkFor(TALK_MS);
    await page.getByTestId('change-take-over').click();
    await agent.until('CALL_CLOSED', 10_000);
    await talkFor(TALK_MS);
    const [outside = 0] = await phone.hears('outside');
    t.ok(outside > LOUD, `she hears the caller: ${outside}`);
  });
  t.ok(heard.agent(HERS) > HEARD_MS, `the agent hears her for ${heard.agent(HERS)} ms`);
  t.ok(heard.caller(HERS) > 2 * HEARD_MS, `the caller hears her for ${heard.caller(HERS)} ms`);
  t.ok(recording && voicesIn(recording.inside).includes(HERS), 'after the take-over she is recorded');
});

test('whoever closes the page listens no more, and the call goes on', async (t) => {
  const { record } = await supervisedInBrowser(lab, async ({ caller }) => {
    await phone.join(AGENT, 'listen');
    await phone.hearing('listen');
    await page.goto('about:blank');
    const left = async () => !(await channels(lab)).some((name) => name.startsWith(`PJSIP/${BROWSER}-`));
    await until('her channel is gone', left, 5_000);
    await talkFor(1_000);
    t.match(await caller.command('listcalls'), /ESTABLISHED/, 'the caller is still there');
  });
  t.equal(record.direction, 'inbound');
});

test('nothing can be dialled from a browser phone, nobody can dial it, and its password opens no other door', async (t) => {
  const context = await inBox(lab, 'asterisk', '-rx', 'dialplan show browser-phones');
  t.match(context, /0 extensions/);
  const password = (await inBox(lab, 'cat', `/etc/greffier/secrets/browser-phones/${BROWSER}`)).trim();
  const server = `${lab.trunk.host}:${lab.trunk.port}`;
  const speaks = '/dev/null';
  await t.rejects(startPhone({ port: 5_600, user: BROWSER, password, server, speaks }), /was refused/);
});

test('the page complains of nothing, and speaks with the box alone', async (t) => {
  t.same(phone.watch.complaints, []);
  t.same(new Set(phone.watch.sockets.map((url) => new URL(url).host)), new Set([new URL(lab.web).host]));
  await close();
});
