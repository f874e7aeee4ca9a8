// Nothing that anybody sends makes a route fail: it answers, or refuses by a code of its own (ASVS 5.0, 2.2.1).

import fc from 'fast-check';
import { test } from 'tap';
import { ROLES } from '../../src/access/roles.ts';
import { searchFields } from '../../src/catalogue/search-query.ts';
import { keepSealed, openKeyWorld } from './support/keys.ts';
import { type Method, openWeb } from './support/web.ts';
import { makeKey } from './support/world.ts';

/** What breaks programs: the ends of numbers, other alphabets, what SQL, paths and JSON are made of. */
const NASTY = [
  ...[
    '',
    ' ',
    '0',
    '-1',
    '1e309',
    'NaN',
    'null',
    'true',
    '[]',
    '{}',
    '__proto__',
    'constructor',
    '%00',
    '\u0000',
  ],
  ...[
    "' OR 1=1 --",
    '"; DROP TABLE recordings; --',
    '../../etc/passwd',
    '%',
    '_',
    '*',
    '٣٤٥٦',
    '\ud800',
    '\u202e',
  ],
  ...[
    '2026-02-30',
    '9999-12-31',
    '0000-00-00',
    '2026-11-22',
    'newest',
    'longest',
    '5678',
    '+33123456701',
    '201',
  ],
  ...['f'.repeat(64), 'x'.repeat(5_000), 'WyJuZXdlc3QiLG51bGwsbnVsbF0', 'WyJuZXdlc3QiLCIiLCIiXQ', 'bnVsbA'],
];
const word = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 80 }));
const value: fc.Arbitrary<unknown> = fc.oneof(
  word,
  fc.anything({ maxDepth: 2 }),
  fc.integer(),
  fc.constant(null),
);
/** Names that some route knows, so that what is under them is looked at. */
const NAMES = [
  ...Object.keys(searchFields),
  ...[
    'cursor',
    'limit',
    'before',
    'after',
    'days',
    'month',
    'actor',
    'ticket',
    'number',
    'numbers',
    'ids',
    'code',
  ],
  ...[
    'reason',
    'user',
    'roles',
    'password',
    'totp',
    'token',
    'kind',
    'verdict',
    'headers',
    'channel',
    'selection',
  ],
];
const name = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...NAMES) }, { weight: 1, arbitrary: word });
const query = fc.array(fc.tuple(name, word), { maxLength: 6 });

const encoded = (text: string) => encodeURIComponent(text.toWellFormed());
const addressOf = (url: string, id: string, pairs: [string, string][]) =>
  `${url.replaceAll(/:\w+/g, encoded(id.slice(0, 200)))}?${pairs.map((pair) => pair.map(encoded).join('=')).join('&')}`;

test('no input of any route is answered by a fault of the server', { timeout: 300_000 }, async (t) => {
  const world = await openKeyWorld(t);
  const site = { ...world.config.site, country: 'FR', timezone: 'Europe/Paris', language: 'fr' };
  Object.assign(world.config, { site, secrets: { hmac: '0123456789abcdef' } });
  const { id } = await keepSealed(t, world, [await makeKey()]);
  const { server, person } = await openWeb(t, world.appliance, world.root, world.clock);
  const asks = await person('root', [...ROLES], { steppedUp: true });
  const limited = await person('anna', ['manager']);
  // A stream has no end, ending the session is the end of this test, and a check of passwords is slow by design.
  const passedOver = /live|\/session|\/account|\/enrolment/;
  const routes = server.inventory.filter(({ url, access }) => access !== 'public' && !passedOver.test(url));
  t.ok(routes.length > 40, `${routes.length} routes`);
  // Asked for a thing that is there, and for things that are not.
  const place = fc.oneof(fc.constant(id), word);
  const body = fc.oneof(fc.dictionary(name, value, { maxKeys: 6, noNullPrototype: true }), fc.constant({}));
  for (const { method, url } of routes)
    await fc.assert(
      fc.asyncProperty(place, query, body, async (id, pairs, sent) => {
        const payload = method === 'GET' || method === 'DELETE' ? undefined : sent;
        const { status } = await asks(method as Method, addressOf(url, id, pairs), payload);
        if (status >= 500)
          throw new Error(`${status}: ${method} ${addressOf(url, id, pairs)} ${JSON.stringify(payload)}`);
      }),
      { numRuns: 12 },
    );
  t.pass('every route was asked');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(...NAMES.slice(0, 21)), word), { maxLength: 8 }),
      async (pairs) => {
        const { status, body } = await limited('GET', addressOf('/api/recordings', '', pairs));
        if (status !== 200 && (status !== 400 || !body.error.code))
          throw new Error(`${status}: ${JSON.stringify(pairs)}`);
      },
    ),
    { numRuns: 500 },
  );
  t.pass('and the list most of all');
});
