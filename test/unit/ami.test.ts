// The link to Asterisk's manager interface, against a peer that speaks it over a real socket.

import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { type Test, test } from 'tap';
import { type Ami, connectAmi } from '../../src/asterisk/ami.ts';
import { asteriskAnswers } from '../../src/asterisk/answers.ts';
import { reloadQueues } from '../../src/asterisk/queues.ts';
import { type Fields, peer, send } from './support/ami.ts';
import { codeOf, messageOf } from './support/world.ts';

async function connected(t: Test, options: Parameters<typeof connectAmi>[0]): Promise<Ami> {
  const ami = await connectAmi(options);
  t.teardown(() => ami.close());
  return ami;
}

test('an action is answered, and events come in between', async (t) => {
  const { options } = await peer(t, (_fields, socket) => {
    send(socket, { Event: 'UserEvent', UserEvent: 'GreffierCall', Call: 'one' });
    return { Response: 'Success', Ping: 'Pong' };
  });
  const ami = await connected(t, options);
  const event = new Promise<Fields>((resolve) => ami.onEvent(resolve));
  t.match(await ami.action({ action: 'Ping' }), { response: 'Success', ping: 'Pong' });
  t.match(await event, { event: 'UserEvent', call: 'one' });
});

test('a line break in a value is refused and nothing of the action is sent', async (t) => {
  const { options, received } = await peer(t);
  const ami = await connected(t, options);
  const val = 'x\r\nAction: Command\r\nCommand: core stop now';
  for (const fields of [{ val }, { val: 'a\nb' }, { val: 'a\rb' }, { val: 'a\0b' }, { 'a\r\nAction': 'b' }])
    t.equal(await codeOf(async () => ami.action({ action: 'DBPut', ...fields } as Fields)), 'ami-bad-value');
  await ami.action({ action: 'Ping' });
  t.same(
    received.map(({ action }) => action),
    ['login', 'Ping'],
  );
});

test('a wrong password is refused, and nothing else is sent', async (t) => {
  const { options, received } = await peer(t);
  const message = await messageOf(() => connectAmi({ ...options, secret: 'wrong' }));
  t.equal(message, 'asterisk refused login: Authentication failed');
  t.equal(received.length, 1);
});

test('an action that Asterisk refuses fails with its reason', async (t) => {
  const { options } = await peer(t, () => ({ Response: 'Error', Message: 'Permission denied' }));
  const ami = await connected(t, options);
  t.equal(
    await messageOf(() => ami.action({ action: 'DBPut' })),
    'asterisk refused DBPut: Permission denied',
  );
});

test('when the link drops everything that waits fails at once', async (t) => {
  const { options, sockets } = await peer(t, () => undefined);
  const ami = await connected(t, options);
  const waiting = [1, 2, 3].map(() => codeOf(() => ami.action({ action: 'DBGet' })));
  for (const socket of sockets) socket.destroy();
  t.same(await Promise.all(waiting), ['ami-closed', 'ami-closed', 'ami-closed']);
  await t.resolves(ami.closed);
});

test('where nobody listens the connection fails at once', async (t) => {
  const { options } = await peer(t);
  t.equal(await codeOf(() => connectAmi({ ...options, port: 1 })), 'ami-closed');
});

test('an action without an answer is given up after five seconds', async (t) => {
  const { options } = await peer(t, ({ action }) =>
    action === 'Ping' ? { Response: 'Success' } : undefined,
  );
  const ami = await connected(t, options);
  t.match(await messageOf(() => ami.action({ action: 'DBGet' })), /no answer to DBGet within 5000 ms/);
});

test('a link that goes silent is taken for lost in less than five seconds', async (t) => {
  const { options } = await peer(t, () => undefined);
  const ami = await connected(t, options);
  const began = Date.now();
  await ami.closed;
  t.ok(Date.now() - began < 5_000);
});

test('an Asterisk that runs and does not greet is taken for down', async (t) => {
  const { options } = await peer(t);
  t.equal(await asteriskAnswers(options), true);
  const deaf = createServer(() => {}).listen(0, '127.0.0.1');
  await once(deaf, 'listening');
  t.teardown(() => deaf.close());
  const { port } = deaf.address() as AddressInfo;
  t.equal(await asteriskAnswers({ host: '127.0.0.1', port }), false);
  t.equal(await asteriskAnswers({ host: '127.0.0.1', port: 1 }), false);
});

test('queues are read again without touching who waits or what was counted', async (t) => {
  const { options, received } = await peer(t);
  await reloadQueues(options);
  const [, { actionid: _, ...reload } = {}] = received;
  t.same(reload, { action: 'QueueReload', members: 'yes', parameters: 'yes' });
  const refusing = await peer(t, () => ({ Response: 'Error', Message: 'Permission denied' }));
  t.equal(await codeOf(() => reloadQueues(refusing.options)), 'ami-refused');
});
