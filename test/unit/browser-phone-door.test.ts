// Who comes to the websocket of a browser phone with a token, or without wanting a websocket.

import { test } from 'tap';
import { ROLES } from '../../src/access/roles.ts';
import { SCOPES } from '../../src/access/tokens.ts';
import { PATH, refusal, world } from './support/browser-phone.ts';

test('a token opens no websocket, from no page: where it comes from is asked first, with a token as without', async (t) => {
  const { open, web, w, ends } = await world(t);
  await web.person('claire', [...ROLES]);
  const { secret } = web.tokens.make({
    ...{ name: 'crm', scopes: [...SCOPES], client: null, madeBy: 'claire' },
    expiresAt: new Date(w.clock().getTime() + 86_400_000).toISOString(),
  });
  const headers = { authorization: `Bearer ${secret}` };
  const cookie = web.sessions.begin('carla');
  t.equal(await refusal(open('carla', 'https://elsewhere.example', cookie, headers)), 403);
  t.equal(await refusal(open('carla', null, cookie, headers)), 403);
  const refused = async () => (await w.audit.entries()).filter(({ action }) => action === 'refused').length;
  t.equal(await refused(), 0, 'nobody has looked at the token yet');
  t.equal(await refusal(open('carla', undefined, cookie, headers)), 403);
  t.equal(await refused(), 1, 'and then it is refused as a token');
  t.equal(await refusal(open('carla', undefined, cookie, { authorization: 'Bearer grf_none' })), 401);
  t.same(ends, []);
});

test('asked for as a page, the websocket says that it is one', async (t) => {
  const { web } = await world(t);
  const { status, body } = await web.again('carla')('GET', `${PATH}/socket`);
  t.match([status, body.error.code], [426, 'not-a-websocket']);
});
