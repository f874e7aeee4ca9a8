// An answer that is not what its route promises: in production it is written down, and what is not named does not leave.

import { test } from 'tap';
import Type from 'typebox';
import { answerSerializer } from '../../src/http/answers.ts';
import { closed, count, text } from '../../src/shared/schema.ts';

const schema = closed({ calls: Type.Array(closed({ id: text, seconds: count })) });
const route = { schema, method: 'GET', url: '/api/calls' };

function serializer() {
  const told: string[] = [];
  const serialize = answerSerializer((where, says) => void told.push(`${where} ${says}`))(route);
  return { serialize, told };
}

test('an answer as promised leaves as it is', async (t) => {
  const { serialize, told } = serializer();
  t.same(JSON.parse(serialize({ calls: [{ id: 'a', seconds: 3 }] })), { calls: [{ id: 'a', seconds: 3 }] });
  t.same(told, []);
});

test('what is not named does not leave, and the journal is told where it was and nothing of it', async (t) => {
  const { serialize, told } = serializer();
  const sent = serialize({ calls: [{ id: 'a', seconds: 3, number: '+33612345678' }] });
  t.same(JSON.parse(sent), { calls: [{ id: 'a', seconds: 3 }] });
  t.equal(told.length, 1);
  t.match(told[0], /^GET \/api\/calls .*\/calls\/0/);
  t.notMatch(told[0], /336/);
});

test('a value of another kind is told, too', async (t) => {
  const { serialize, told } = serializer();
  serialize({ calls: [{ id: 'a', seconds: 'three' }] });
  t.match(told[0], /\/calls\/0\/seconds/);
});
