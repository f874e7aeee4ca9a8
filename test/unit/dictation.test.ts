// An announcement dictated over the phone: the program's side, with files as the dialplan writes them.

import { randomUUID } from 'node:crypto';
import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { type Test, test } from 'tap';
import { type Code, closeCode, openCode, readCodes } from '../../src/announcement/codes.ts';
import { dictate } from '../../src/dictation.ts';
import { publishPolicies } from '../../src/publish.ts';
import { toneWav } from '../support/tones.ts';
import { announcing, TEXT } from './support/announcements.ts';
import { sources, withoutComments } from './support/sources.ts';
import { codeOf, messageOf } from './support/world.ts';

const CALL = randomUUID();

/** An appliance, and a dictation that is under way in it: `phone` says what the phone does once it knows the code. */
async function dictating(t: Test, phone: (code: Code, at: (name: string) => string) => Promise<void>) {
  const world = await announcing(t);
  const stopping = new AbortController();
  const states: string[] = [];
  let code: Code | undefined;
  const dictated = (minutes = 10) =>
    dictate(
      world.appliance,
      { id: 'notice-v1', text: TEXT },
      minutes,
      'marie',
      {
        code: (made) => {
          code = made;
          void phone(made, world.at);
        },
        progress: (state) => states.push(state),
      },
      stopping.signal,
    );
  return { ...world, dictated, states, stopping, code: () => code as Code };
}

const speaks = (at: (name: string) => string, { id }: Code, call = CALL, hertz = 800) =>
  writeFile(at(`spool/dictation-${id}-${call}.wav`), toneWav([[hertz, 3]]));
const keeps = (at: (name: string) => string, { id }: Code, call = CALL) =>
  writeFile(at(`spool/dictation-${id}.kept`), `${call} 203\n`, { flag: 'a' });

test('what is dictated and kept is put in force like an uploaded file, and code and recording go', async (t) => {
  const other = randomUUID();
  const { dictated, appliance, at, told, sha256, states, code } = await dictating(t, async (made) => {
    await speaks(at, made);
    await speaks(at, made, other, 1200);
    await delay(700);
    await keeps(at, made);
    await keeps(at, made, other);
  });
  const replaced = await dictated();
  t.match(code().code, /^\d{6}$/);
  t.match(replaced, { id: 'notice-v2', sha256: await sha256('notice-v2'), milliseconds: 3_800 });
  t.equal(appliance.settings.data.lines[0]?.announcements[0], 'notice-v2');
  t.match(await told(), [new RegExp(`^marie: .*, dictated on extension 203 in call ${CALL}$`)]);
  t.same(states, ['spoken', 'kept']);
  t.same(await readdir(at('spool')), []);
  t.same(await readCodes(at('policies')), []);
  t.equal(await codeOf(() => readFile(at('policies/dictation.conf'), 'utf8')), 'nothing was thrown');
});

test('a dictation is no call: nothing of the calls’ path takes it for one', async (t) => {
  let calls: string[] = ['not looked'];
  const { dictated, appliance, at, stopping } = await dictating(t, async (made) => {
    await speaks(at, made);
    await keeps(at, { ...made, id: 'other' });
    calls = await appliance.spool.calls();
    stopping.abort();
  });
  t.equal(await codeOf(dictated), 'dictation-cancelled');
  t.same(calls, []);
});

test('cancelled or expired, a dictation leaves no code, no recording and the rules as they were', async (t) => {
  for (const [what, code] of [
    ['cancelled', 'dictation-cancelled'],
    ['expired', 'dictation-expired'],
  ] as const) {
    const { dictated, at, clock, stopping, appliance } = await dictating(t, async (made) => {
      await speaks(at, made);
      // The recording is as old as the code.
      const path = at(`spool/dictation-${made.id}-${CALL}.wav`);
      await utimes(path, clock(), clock());
      if (what === 'cancelled') stopping.abort();
      else clock.move(14 * 60_000);
    });
    const before = await publishPolicies(appliance);
    t.equal(await codeOf(dictated), code, what);
    t.same(await readdir(at('spool')), [], what);
    t.same(await readCodes(at('policies')), [], what);
    t.equal(await publishPolicies(appliance), before, what);
  }
});

test('whoever is speaking when the code expires is waited for', async (t) => {
  const { dictated, at, clock } = await dictating(t, async (made) => {
    clock.move(11 * 60_000);
    await speaks(at, made);
    await utimes(at(`spool/dictation-${made.id}-${CALL}.wav`), clock(), clock());
    await delay(1_200);
    await keeps(at, made);
  });
  t.equal((await dictated()).id, 'notice-v2');
});

test('a wording that cannot be taken is refused before anybody has spoken', async (t) => {
  const { appliance, at } = await announcing(t);
  const never = { code: () => t.fail('a code was shown'), progress: () => {} };
  const run = (id: string, text: string) =>
    dictate(appliance, { id, text }, 10, 'marie', never, new AbortController().signal);
  t.match(await messageOf(() => run('notice-v1', 'Bonjour.')), /announcement notice-v2 .*text/);
  t.equal(await codeOf(() => run('nobody', TEXT)), 'announcement-unknown');
  t.same(await readCodes(at('policies')), []);
});

test('what a phone has kept and is no announcement is refused with the extension', async (t) => {
  const { dictated, at } = await dictating(t, async (made) => {
    await writeFile(at(`spool/dictation-${made.id}-${CALL}.wav`), toneWav([[0, 3]]));
    await keeps(at, made);
  });
  t.match(await messageOf(dictated), /^what extension 203 has dictated is silent/);
  t.same(await readdir(at('spool')), []);
});

test('what dictations have left whose program was killed goes with the next one', async (t) => {
  const { dictated, at, clock, stopping } = await dictating(t, async () => stopping.abort());
  const now = clock();
  const early = new Date(now.getTime() - 3_600_000);
  const live = await openCode(at('policies'), new Date(now.getTime() + 60_000), now);
  const call = `${randomUUID()}.sheet`;
  for (const name of [
    `dictation-${live.id}-${CALL}.wav`,
    `dictation-dead-${CALL}.wav`,
    'dictation-dead.kept',
    call,
  ]) {
    await writeFile(at(`spool/${name}`), '');
    await utimes(at(`spool/${name}`), early, early);
  }
  t.equal(await codeOf(dictated), 'dictation-cancelled');
  t.same((await readdir(at('spool'))).toSorted(), [call, `dictation-${live.id}-${CALL}.wav`].toSorted());
});

test('codes are as the dialplan reads them, each for itself, and gone when they hold no more', async (t) => {
  const { at, clock } = await announcing(t);
  const open = (minutes: number) =>
    openCode(at('policies'), new Date(clock().getTime() + minutes * 60_000), clock());
  const [one, two] = await Promise.all([open(5), open(10)]);
  t.not(one.code, two.code);
  const text = await readFile(at('policies/dictation.conf'), 'utf8');
  for (const { code, id, until } of [one, two])
    t.match(text, `[code-${code}]\nuntil=${until.getTime() / 1000}\nid=${id}\n`);
  t.equal((await stat(at('policies/dictation.conf'))).mode & 0o777, 0o640);
  clock.move(6 * 60_000);
  const three = await open(10);
  t.same(new Set(await readCodes(at('policies'))), new Set([two, three]));
  await closeCode(at('policies'), two);
  await closeCode(at('policies'), three);
  t.same(await readCodes(at('policies')), []);
});

test('the dialplan records a phone in one place, which is no call’s, and 120 seconds at most', async (t) => {
  const uses = sources('asterisk-conf/dialplan/*.conf').flatMap((source) =>
    [...withoutComments(source).matchAll(/\bRecord\((.*)\)\s*$/gm)].map(
      ([, words]) => `${source.path} ${words}`,
    ),
  );
  t.same(uses, [`asterisk-conf/dialplan/75-dictation.conf \${take}.wav,0,120`]);
  const [dictation] = sources('asterisk-conf/dialplan/75-dictation.conf').map(withoutComments);
  t.match(dictation, /Set\(LOCAL\(take\)=\$\{SPOOL\}\/dictation-\$\{ARG1\}-\$\{CALL_ID\}\)/);
  const [phones] = sources('asterisk-conf/dialplan/60-phones.conf').map(withoutComments);
  t.match(phones, /\[phones\][^[]*exten => _\*90XXXXXX,1,/, 'and only our own phones reach it');
});
