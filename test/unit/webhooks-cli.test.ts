// Webhooks at the shell: how each is, what it was not told, and that somebody has seen to it.

import { test } from 'tap';
import { webhooksCommands } from '../../src/cli/webhooks.ts';
import { run } from './support/cli.ts';
import { ID, listed, SECRET, world } from './support/hook.ts';
import { openKeyWorld } from './support/keys.ts';

test('what waits, what was given up and why is listed; what was seen to is forgotten, on record', async (t) => {
  const { w, hooks } = await world(t, { events: ['call.ended'] }, [500]);
  const shell = (...words: string[]) => run(t, webhooksCommands, w.appliance, 'webhooks', ...words);
  t.match((await shell('dead')).err, /nothing was given up/);
  listed(w);
  await hooks.reached(ID, 'catalogued');
  await hooks.look();
  const waiting = await shell('list', '--json');
  t.match(JSON.parse(waiting.out), [{ id: 'crm', waiting: 1, dead: 0, error: /500/ }]);
  w.clock.move(25 * 3_600_000);
  await hooks.look();
  t.match(JSON.parse((await shell('list', '--json')).out), [{ id: 'crm', waiting: 0, dead: 1 }]);
  const dead = await shell('dead', '--json');
  t.match(JSON.parse(dead.out), [{ webhook: 'crm', type: 'call.ended', attempts: 2, error: /500/ }]);
  t.match((await shell('dead')).out, /crm +call\.ended/);
  for (const { out } of [waiting, dead])
    t.notMatch(out, new RegExp(`${SECRET}|5678|Accueil|https:`), 'and nothing else');
  t.equal((await shell('forget')).out, 'forgot 1\n');
  t.same(JSON.parse((await shell('dead', '--json')).out), []);
  t.match((await w.audit.entries()).at(-1), { action: 'webhooks-forgotten', from: 'command line' });
});

test('a site without webhooks is told so', async (t) => {
  const w = await openKeyWorld(t);
  t.match((await run(t, webhooksCommands, w.appliance, 'webhooks', 'list')).err, /there is no webhook/);
});
