// What the pages decide before they draw: encodings, forecasts, urgency, and the sentences in both languages.

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { test } from 'tap';
import { whyUnfit } from '../../src/keys/profile.ts';
import { forecastOf, sentenceOf, urgencyOfDisk } from '../../web/src/health/forecast.ts';
import { refusalCode, unfitCode } from '../../web/src/keys/reasons.ts';
import { daysSince, daysUntil, urgencyOf } from '../../web/src/keys/urgency.ts';
import { encodingOf, playableAudio } from '../../web/src/playback/encoding.ts';
import { cutOgg, OPUS_RATE } from '../../web/src/playback/ogg.ts';
import { en } from '../../web/src/shared/words-en.ts';
import { fr } from '../../web/src/shared/words-fr.ts';
import { noise } from './support/recording.ts';
import { makeKey, ownFolder } from './support/world.ts';

const RAW = ['--raw', '--raw-rate', '8000', '--raw-chan', '2'];
const WAV_HEAD = 44;
const DAY = 86_400_000;

async function encoded(program: string, args: string[], frames: number) {
  const { stdout } = await execa(program, args, {
    input: noise(frames),
    encoding: 'buffer',
    stripFinalNewline: false,
  });
  return Uint8Array.from(stdout);
}
const opus = (frames: number) => encoded('opusenc', ['--quiet', ...RAW, '-', '-'], frames);

test('audio is played as what it is, by how it begins', async (t) => {
  const form = ['--force-raw-format', '--endian=little', '--sign=signed', '--channels=2', '--bps=16'];
  const flac = await encoded('flac', ['--silent', ...form, '--sample-rate=8000', '--stdout', '-'], 800);
  t.equal(encodingOf(flac), 'flac');
  t.equal(playableAudio(flac, 800).type, 'audio/flac');
  const ogg = await opus(800);
  t.equal(encodingOf(ogg), 'opus');
  const blob = playableAudio(ogg, 800);
  t.match(blob.type, /^audio\/ogg/);
  t.same(new Uint8Array(await blob.arrayBuffer()), ogg, 'Opus is left as it is');
});

test('a long Opus recording is cut into pieces that a decoder takes one by one', async (t) => {
  const seconds = 150;
  const ogg = await opus(seconds * 8_000);
  const { frames, pieces } = cutOgg(ogg);
  t.ok(Math.abs(frames / OPUS_RATE - seconds) < 0.02, `${frames / OPUS_RATE} s`);
  t.equal(pieces.length, 3);
  t.equal(pieces[0]?.from, 0);
  const folder = await ownFolder(t);
  for (const [at, { bytes, from }] of pieces.entries()) {
    const end = pieces[at + 1]?.from ?? frames;
    const path = join(folder, `${at}.wav`);
    await execa('opusdec', ['--quiet', '--rate', '48000', '-', path], { input: bytes });
    const decoded = ((await stat(path)).size - WAV_HEAD) / 4;
    t.ok(Math.abs(decoded - (end - from)) < OPUS_RATE / 25, `piece ${at} lasts as long as it says`);
  }
  t.throws(() => cutOgg(new Uint8Array(100)));
});

test('the forecast of the disk speaks as a person would, and rounds to the careful side', async (t) => {
  const says = (daysLeft: number | null, freeBytes = 1e9, bytesPerDay = 1e6) => {
    const forecast = forecastOf({ daysLeft, freeBytes, bytesPerDay });
    return [fr, en].map(({ health }) => sentenceOf(forecast, health.diskForecast, String));
  };
  t.same(says(0.9), ['Encore 0 jour au rythme actuel', 'Lasts another 0 days at the present rate']);
  t.same(says(1.99), ['Encore 1 jour au rythme actuel', 'Lasts another 1 day at the present rate']);
  t.match(says(75)[0], '75 jours');
  t.match(says(358)[0], '11 mois');
  t.match(says(1_200)[1], 'more than a year');
  t.match(says(null)[0], 'Plus d’un an', 'the box looks no further');
  t.match(says(null, 1e9, 0)[1], 'Nothing was sealed');
  t.equal(says(12, 0)[0], 'Plein');
  t.equal(urgencyOfDisk({ daysLeft: 5, freeBytes: 1 }), 'bad');
  t.equal(urgencyOfDisk({ daysLeft: 20, freeBytes: 1 }), 'doubtful');
  t.equal(urgencyOfDisk({ daysLeft: null, freeBytes: 0 }), 'bad', 'a full disk, whatever the rate');
  t.equal(urgencyOfDisk({ daysLeft: null, freeBytes: 1 }), 'good');
});

test('dates become pressing in the steps of the alarms', async (t) => {
  const now = Date.parse('2026-11-25T12:00:00Z');
  const until = (days: number) => daysUntil(new Date(now + days * DAY).toISOString(), now);
  t.same(
    [61, 60, 8, 7, 0.5, -0.5].map((days) => urgencyOf(until(days))),
    ['good', 'warning', 'warning', 'danger', 'danger', 'danger'],
  );
  t.equal(daysSince(new Date(now - 35.5 * DAY).toISOString(), now), 35);
  t.match(fr.keyring.expires(until(-0.5), '25 nov.'), 'Expirée');
});

test('every reason that the box gives against a key is told in both languages', async (t) => {
  const now = new Date();
  const old = await makeKey({ date: new Date(now.getTime() - 9 * DAY), keyExpirationTime: 86_400 });
  const young = await makeKey({ date: new Date(now.getTime() + 9 * DAY) });
  // Dated, since making it may take longer than the second in which `now` was taken.
  const short = await makeKey({ type: 'rsa', rsaBits: 2048, date: new Date(now.getTime() - DAY) });
  const unfit = async ({ privateKey }: typeof old) =>
    unfitCode((await whyUnfit(privateKey.toPublic(), now)) ?? '');
  t.equal(await unfit(old), 'expired');
  t.equal(await unfit(young), 'future');
  t.equal(await unfit(short), 'short');
  t.equal(unfitCode((await whyUnfit(old.privateKey, now)) ?? ''), 'private');
  t.equal(unfitCode('something new'), 'other');
  for (const code of ['private', 'expired', 'future', 'short', 'aead', 'no-subkey', 'version', 'revoked'])
    t.ok(fr.keyring.unfitReasons[code] && en.keyring.unfitReasons[code], code);
  for (const reason of ['it was destroyed meanwhile', 'there is no such recording', 'header-damaged'])
    t.ok(fr.rotation.refusedReasons[refusalCode(reason)] && en.rotation.refusedReasons[refusalCode(reason)]);
});
