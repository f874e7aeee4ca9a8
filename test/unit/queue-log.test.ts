// Asterisk's account of its queues: read by the tools of the field, and no number of anybody outside stays in it (C19).

import { appendFile, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'tap';
import { createQueueLogGuard, outsideNumbers } from '../../src/upkeep/queue-log.ts';
import { ownFolder } from './support/world.ts';

const JOINED = '1764334567|greffier-1764334567.12|permanence|NONE|ENTERQUEUE|||1\n';
const CONNECTED =
  '1764334570|greffier-1764334567.12|permanence|PJSIP/202|CONNECT|3|greffier-1764334568.13|2\n';
const SENT = (to: string) =>
  `1764334580|greffier-1764334567.12|permanence|PJSIP/202|BLINDTRANSFER|${to}|transferred|3|10|1\n`;

test('an agent sends a caller outside: the number is found where it stands, and nothing else is', async (t) => {
  t.same(outsideNumbers(JOINED + CONNECTED), [], 'neither times nor names of channels are numbers');
  const [place] = outsideNumbers(CONNECTED + SENT('0655555555'));
  t.equal(
    (CONNECTED + SENT('0655555555')).slice(place?.at, (place?.at ?? 0) + (place?.length ?? 0)),
    '0655555555',
  );
  t.equal(outsideNumbers(SENT('+33655555555')).length, 1);
  t.same(outsideNumbers(SENT('202')), [], 'a number of the house stays');
  t.same(outsideNumbers(SENT('0655555555').trimEnd()), [], 'a line that is not whole waits');
});

test('numbers are written over in place while lines are added, and every other byte stays', async (t) => {
  const path = join(await ownFolder(t), 'queue_log');
  const guard = createQueueLogGuard(path);
  await guard();
  await writeFile(path, JOINED + SENT('0655555555') + SENT('0611'));
  await guard();
  t.equal(await readFile(path, 'utf8'), JOINED + SENT('xxxxxxxxxx') + SENT('0611'));
  const half = SENT('+33611111111');
  await appendFile(path, half.slice(0, -20));
  await guard();
  await appendFile(path, half.slice(-20) + CONNECTED);
  await guard();
  t.equal(
    await readFile(path, 'utf8'),
    JOINED + SENT('xxxxxxxxxx') + SENT('0611') + SENT('x'.repeat(12)) + CONNECTED,
  );
});

test('what was written just before the log is turned over is looked through too, and a new daemon begins anew', async (t) => {
  const path = join(await ownFolder(t), 'queue_log');
  const guard = createQueueLogGuard(path);
  await writeFile(path, JOINED);
  await guard();
  await appendFile(path, SENT('0655555555'));
  await rename(path, `${path}.1`);
  await writeFile(path, SENT('0644444444'));
  await guard();
  t.equal(await readFile(`${path}.1`, 'utf8'), JOINED + SENT('xxxxxxxxxx'));
  t.equal(await readFile(path, 'utf8'), SENT('xxxxxxxxxx'));
  await appendFile(path, SENT('0633333333'));
  await createQueueLogGuard(path)();
  t.notMatch(await readFile(path, 'utf8'), /0633333333/);
});
