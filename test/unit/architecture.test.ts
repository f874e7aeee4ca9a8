// The rules of how Greffier is built, checked on its own files: what a reader may rely on without reading all of it.

import { dirname, join, normalize } from 'node:path';
import { test } from 'tap';
import { SLICES } from './support/slices.ts';
import { importsOf, sources, withoutComments } from './support/sources.ts';

const program = sources('src/**/*.ts');
const dialplan = sources('asterisk-conf/extensions.conf', 'asterisk-conf/dialplan/*.conf');
const asteriskConf = sources('asterisk-conf/**/*.conf', 'ansible/roles/asterisk/templates/*.conf.j2');

const sliceOf = (path: string) => SLICES.find((slice) => path.startsWith(`src/${slice}/`));

test('no slice imports another: what they need of each other is handed to them', async (t) => {
  t.ok(program.length > 40, 'the program was read');
  for (const source of program) {
    const own = sliceOf(source.path);
    if (!own) continue;
    for (const module of importsOf(source)) {
      const other = module.startsWith('.') && sliceOf(normalize(join(dirname(source.path), module)));
      t.ok(!other || other === own, `${source.path} imports ${module}`);
    }
  }
});

test('no slice knows of what joins them', async (t) => {
  for (const source of program.filter(({ path }) => sliceOf(path))) {
    const joined = importsOf(source)
      .filter((module) => module.startsWith('.'))
      .map((module) => normalize(join(dirname(source.path), module)))
      .filter((path) => /^src\/((call-path|upkeep|keyring)\/|[^/]+$)/.test(path));
    t.same(joined, [], source.path);
  }
});

test('the clients of Asterisk stay behind one folder', async (t) => {
  for (const source of program) {
    if (source.path.startsWith('src/asterisk/')) continue;
    for (const module of importsOf(source)) t.notMatch(module, /^(asterisk-manager|ari-client)/, source.path);
  }
});

test('SQL is spoken in the catalogue and in the sessions only', async (t) => {
  const speakers = program.filter((source) => importsOf(source).includes('node:sqlite'));
  t.same(new Set(speakers.map(({ path }) => sliceOf(path))), new Set(['catalogue', 'access']));
});

test('the thread that seals loads neither the library of OpenPGP nor that of schemas (ADR 0035)', async (t) => {
  const seen = new Set(['src/sealing/worker.ts']);
  for (const path of seen) {
    const source = program.find((one) => one.path === path);
    t.ok(source, path);
    if (!source) continue;
    const text = source.text.replace(/^import type [^;]*;/gm, '');
    for (const module of importsOf({ path, text })) {
      t.notMatch(module, /^(openpgp|typebox)/, path);
      if (module.startsWith('.')) seen.add(normalize(join(dirname(path), module)));
    }
  }
  t.ok(seen.size > 5);
});

/** Where the environment may be read, and what for. Configuration has one source, which is a file. */
const ENVIRONMENT: Record<string, { names: string[]; reason: string }> = {
  'src/main.ts': {
    names: ['NOTIFY_SOCKET'],
    reason: 'systemd says there where it waits to hear of the start',
  },
  'src/cli/destroy.ts': { names: ['SUDO_USER'], reason: 'the audit log names who stands behind root' },
  'src/cli/users.ts': { names: ['SUDO_USER'], reason: 'the audit log names who stands behind root' },
  'src/cli/wording.ts': { names: ['SUDO_USER'], reason: 'the audit log names who stands behind root' },
  'src/cli/policies.ts': { names: ['SUDO_USER'], reason: 'the audit log names who stands behind root' },
  'src/cli/steer.ts': { names: ['SUDO_USER'], reason: 'the audit log names who stands behind root' },
};

test('the environment configures nothing', async (t) => {
  for (const { path, text } of program) {
    const names = [...text.matchAll(/process\.env(?:\.(\w+))?/g)].map(([, name = 'all of it']) => name);
    for (const name of names) t.ok(ENVIRONMENT[path]?.names.includes(name), `${path} reads ${name}`);
  }
});

test('no program is started through a shell', async (t) => {
  for (const { path, text } of program) {
    const shell = /\bexec(Sync)?\b[^;]*from 'node:child_process'|shell:\s*true|\$`/.exec(text);
    t.equal(shell, null, path);
  }
});

test('no file is longer than 200 lines', async (t) => {
  // Dictionaries and style sheets under web/ are lists that are looked up, not read, and are left out.
  const code = sources(
    'src/**/*.ts',
    'test/**/*.ts',
    'appliance/**/*.{ts,j2,md,service,conf}',
    'ansible/**/{tasks,verify,handlers,defaults}/*.yml',
    'asterisk-conf/**/*.conf',
    'web/src/**/*.{ts,tsx}',
  ).filter(({ path }) => !/web\/src\/.*\/words-\w+\.ts$/.test(path));
  for (const { path, text } of code) {
    const lines = text.split('\n').length - 1;
    t.ok(lines <= 200, `${path} has ${lines} lines`);
  }
});

test('the dialplan runs no command and opens no shell', async (t) => {
  t.ok(dialplan.length >= 9, 'the dialplan was read');
  for (const source of dialplan) {
    t.notMatch(
      withoutComments(source),
      /\b(System|TrySystem|AGI|EAGI|ExternalIVR|SHELL|ODBC_\w+|CURL|EVAL|Macro|ExtenSpy)\s*\(/i,
      source.path,
    );
  }
});

test('a second channel is made, and a channel whispered to, for the word in the agent’s ear and for supervisors, with the options of C14', async (t) => {
  const uses = dialplan.flatMap((source) =>
    [...withoutComments(source).matchAll(/\b(Originate|ChanSpy)\((.*)\)\s*$/gm)].map(
      ([, app, options]) => `${source.path} ${app} ${options}`,
    ),
  );
  t.same(uses, [
    `asterisk-conf/dialplan/85-agent-hears.conf Originate Local/\${ARG2}@agent-hears-prompt/n,exten,agent-hears-ear,s,1,5,av(EAR=\${ARG1})`,
    // W: whispers without listening; E: ends with the channel; never d or r.
    `asterisk-conf/dialplan/85-agent-hears.conf ChanSpy \${EAR},uqWES`,
    // One channel (u), of the team (g), while it is connected (b), and no longer (E).
    `asterisk-conf/dialplan/86-supervision.conf ChanSpy \${IMPORT(\${TARGET},CHANNEL(uniqueid))},uqbESg(\${TEAM})\${IF($["\${SUPERVISION}" = "whisper"]?w)}\${IF($["\${SUPERVISION}" = "barge"]?B)}`,
    `asterisk-conf/dialplan/88-supervision-phone.conf Originate Local/\${FILTER(0-9,\${CUT(ARG1,-,1)})}@supervision-rung/n,exten,supervision-rung,waits,1,40,av(__TICKET=\${ticket})`,
  ]);
});

test('nothing that a caller can choose reaches MixMonitor or the name of a file', async (t) => {
  const uses = dialplan.flatMap((source) =>
    withoutComments(source)
      .split('\n')
      .filter((line) => /MixMonitor\(|FILE\(|ControlPlayback\(|STAT\(/.test(line)),
  );
  t.ok(uses.length >= 5);
  for (const line of uses) {
    const target = line.includes('FILE(') ? line.replace(/FILE\(([^)]*)\).*/, '$1') : line;
    t.notMatch(target, /CALLERID|EXTEN\b|DIALLED|\bDID\b|CHANNEL\(/, line.trim());
  }
});

test('MixMonitor captures only while two parties are connected, keeps no copies and runs nothing after', async (t) => {
  const starts = dialplan.flatMap((source) => [
    ...withoutComments(source).matchAll(/(?<!Stop)MixMonitor\((.*)\)\s*$/gm),
  ]);
  t.equal(starts.length, 1, 'it is started in one place');
  const [file = '', options = '', command] = (starts[0]?.[1] ?? '').split(',');
  t.equal(file, `\${AUDIO}`);
  t.match(options, /^[aDi(]*b/);
  t.notMatch(options, /[rt]\(/);
  t.equal(command, undefined, 'no command');
});

test('whatever of the caller goes into the sheet is filtered or encoded', async (t) => {
  for (const source of dialplan) {
    for (const [, before] of withoutComments(source).matchAll(/(.{0,20})\$\{CALLERID\(/g))
      t.match(before, /(FILTER\(0-9\+,|URIENCODE\()$/, source.path);
  }
});

test('only named modules are loaded, and none that runs commands or opens a door', async (t) => {
  const [modules] = sources('asterisk-conf/modules.conf');
  t.ok(modules);
  const text = modules ? withoutComments(modules) : '';
  t.match(text, /^autoload\s*=\s*no$/m);
  const loaded = [...text.matchAll(/^(?:load|require|preload)\s*=>?\s*(\S+?)(?:\.so)?\s*$/gm)].map(
    ([, name]) => name,
  );
  t.ok(loaded.includes('app_mixmonitor'));
  for (const name of ['app_system', 'func_shell', 'func_curl', 'res_agi', 'app_externalivr', 'pbx_spool'])
    t.notOk(loaded.includes(name), name);
});

test('no configuration runs a program while it is read, and none is passed over when it is missing', async (t) => {
  for (const { path, text } of asteriskConf) t.notMatch(text, /^\s*#(exec|tryinclude)\b/m, path);
});

test('no password stands in a file that is shipped', async (t) => {
  for (const { path, text } of sources('asterisk-conf/*.conf', 'asterisk-conf/dialplan/*.conf'))
    t.notMatch(text, /^\s*(secret|password)\s*=\s*\S/m, path);
});

test('Asterisk’s manager has no user that may originate calls or run commands', async (t) => {
  const files = asteriskConf.filter(({ path }) => /manager\.conf/.test(path));
  t.ok(files.length >= 2);
  for (const source of files) {
    const writes = [...withoutComments(source).matchAll(/^\s*write\s*=\s*(.*)$/gm)].map(
      ([, rights]) => rights,
    );
    for (const rights of writes) t.notMatch(rights, /\b(originate|command|all|config|system)\b/, source.path);
  }
});
