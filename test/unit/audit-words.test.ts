// Whoever reads the audit log reads sentences: each action that the program writes has its words, in both languages.

import { test } from 'tap';
import { KINDS } from '../../src/approvals/approval.ts';
import { KEYS } from '../../src/asterisk/control.ts';
import { TORN } from '../../src/audit/entry.ts';
import { en } from '../../web/src/audit/words-en.ts';
import { fr } from '../../web/src/audit/words-fr.ts';
import { en as enRights } from '../../web/src/rights/words-en.ts';
import { fr as frRights } from '../../web/src/rights/words-fr.ts';
import { sources } from './support/sources.ts';

/** `action: 'play'`, `action: right ? 'key-drill' : 'key-drill-refused'`, `const action = …`. */
const GIVEN = /\baction\s*[:=]\s*(?!=)([^,;{}]*?)(?=[,;}\n])/g;
/** Helpers that take the action as an argument. */
const HANDED = /\b(?:work|does|trace|told)\(\s*[^;]*?'((?!greffier)[a-z]+(?:-[a-z]+)+)'/g;
const WORD = /'([a-z]+(?:-[a-z]+)*)'/g;

function actionsOf(text: string): string[] {
  const given = [...text.matchAll(GIVEN)].flatMap(([, value = '']) => {
    // Of a comparison only what comes of it is an action.
    const outcome = value.includes('?') ? value.slice(value.indexOf('?')) : value;
    return [...outcome.matchAll(WORD)].map(([, word = '']) => word);
  });
  return [...given, ...[...text.matchAll(HANDED)].map(([, word = '']) => word)];
}

const written = () => {
  const program = sources('src/**/*.ts').filter(({ path }) => !/^src\/(asterisk|offline)\//.test(path));
  return new Set([
    ...program.flatMap(({ text }) => actionsOf(text)),
    ...KINDS.flatMap((kind) => [`${kind}-done`, `${kind}-void`]),
    ...KEYS.map((key) => `key-${key}`),
    TORN,
  ]);
};

test('every action of the program has words in both languages, and no other has', (t) => {
  const actions = written();
  for (const known of [
    'play',
    'log-in-refused',
    'rights-opened',
    'user-limited',
    'keys-rollback',
    'supervision-mode',
  ])
    t.ok(actions.has(known), `${known} is found in the program`);
  t.ok(actions.size > 90, `${actions.size} actions`);
  t.same([...actions].filter((action) => !fr.actions[action]).sort(), [], 'French');
  t.same([...actions].filter((action) => !en.actions[action]).sort(), [], 'English');
  t.same(
    Object.keys(fr.actions).filter((action) => !actions.has(action)),
    [],
    'nothing is told that is never written',
  );
  t.same(Object.keys(en.actions).sort(), Object.keys(fr.actions).sort());
  for (const words of [...Object.values(fr.actions), ...Object.values(en.actions)])
    t.match(words, /^\S.*\S$/, words);
  t.end();
});

test('every step that the register notes has its words', (t) => {
  const desk = sources('src/rights/*.ts', 'src/rights-*.ts');
  const noted = desk.flatMap(({ text }) =>
    [...text.matchAll(/\bnoted\([^;]*?,\s*'([a-z]+)'/gs)].map(([, word = '']) => word),
  );
  t.ok(noted.length >= 8, `${noted.length} steps`);
  for (const step of noted) t.ok(frRights.history.what[step] && enRights.history.what[step], step);
  t.end();
});
