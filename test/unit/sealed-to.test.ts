// Which key opens which recording: answered from the index, made from the headers.

import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'tap';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { rebuildCatalogue, recordingRow } from '../../src/catalogue-rows.ts';
import { rotate, takeHeaders } from '../../src/keyring/rotation.ts';
import { createRewrap } from '../../web/src/keys/rewrap.ts';
import {
  asRoot,
  DAY,
  encryptionId,
  keepSealed,
  laid,
  lay,
  oldEnough,
  openKeyWorld,
  opens,
  rewrapAll,
} from './support/keys.ts';
import { importsOf, sources } from './support/sources.ts';
import { manifestOf, unreadable } from './support/store.ts';
import { ownFolder } from './support/world.ts';

const [before, after] = [await oldEnough('Before'), await oldEnough('After')];

test('after a rebuild the index says what the headers say, and not what the manifests do', async (t) => {
  const w = await openKeyWorld(t);
  await lay(w, 'recovery', before);
  const { id, manifest } = await keepSealed(t, w, [before]);
  const other = await keepSealed(t, w, [before]);
  const request = { from: before.privateKey.getFingerprint(), name: 'after', content: laid(after) };
  await rewrapAll(w, await rotate(w.appliance, 'marie', request, asRoot), before);
  const expected = [await encryptionId(after)];
  t.same(w.catalogue.sealedTo.of(id), expected);
  w.catalogue.putRecording(recordingRow(manifest));
  t.same(w.catalogue.sealedTo.of(id), expected, 'a manifest that is put again changes nothing');
  await writeFile(w.at('vault', '2026', '05', '22', other.id, 'header.pgp'), 'damaged');
  await rm(w.at('catalogue'), { recursive: true });
  const anew = await openCatalogue(w.at('catalogue'));
  t.teardown(() => anew.close());
  t.equal(await rebuildCatalogue(w.vault, anew, unreadable), 2);
  t.same(anew.sealedTo.of(id), expected);
  t.same(anew.sealedTo.of(other.id), [], 'a header that cannot be read is for nobody');
  t.equal(
    anew.recording(other.id)?.state,
    'sealed',
    'and its recording is destroyed on its day all the same',
  );
});

test('what a browser has rewrapped is taken by the box as what greffier-offline has', async (t) => {
  const w = await openKeyWorld(t);
  await lay(w, 'recovery', before);
  const team = await oldEnough('Team');
  const { id } = await keepSealed(t, w, [before, team]);
  const request = { from: before.privateKey.getFingerprint(), name: 'after', content: laid(after) };
  const rotation = await rotate(w.appliance, 'marie', request, asRoot);
  const rewrap = await createRewrap({ holder: before.privateKey, ...rotation });
  const header = await rewrap((await w.vault.read(id, DAY, 'header')) ?? Buffer.alloc(0));
  t.same(await takeHeaders(w.appliance, 'marie', [{ id, header: header ?? Buffer.alloc(0) }]), {
    accepted: 1,
    refused: [],
  });
  t.ok((await opens(w, id, after)) && (await opens(w, id, team)) && !(await opens(w, id, before)));
});

test('keys are counted and paged over living recordings only', async (t) => {
  const catalogue = await openCatalogue(join(await ownFolder(t), 'catalogue'));
  t.teardown(() => catalogue.close());
  const id = (number: number) => `3f2b8c1e-5a64-4c0e-9d7a-${String(number).padStart(12, '0')}`;
  for (let number = 0; number < 50; number += 1)
    catalogue.putRecording({
      ...recordingRow(manifestOf(id(number), '2027-01-01T00:00:00.000Z')),
      sealedTo: { keyIds: number % 2 ? ['aa', 'bb'] : ['aa'], exact: true },
    });
  t.equal(catalogue.sealedTo.count(['aa']), 50);
  t.equal(catalogue.sealedTo.count(['aa', 'bb']), 50, 'each recording once');
  t.equal(catalogue.sealedTo.count(['aa'], ['bb']), 25);
  catalogue.markDestroyed({
    ...recordingRow(manifestOf(id(0), '2027-01-01T00:00:00.000Z')),
    state: 'destroyed',
  });
  t.equal(catalogue.sealedTo.count(['aa'], ['bb']), 24);
  t.same(catalogue.sealedTo.of(id(0)), []);
  const seen: string[] = [];
  for (let after = ''; ; ) {
    const page = catalogue.sealedTo.list(['aa'], { without: ['bb'], after, limit: 10 });
    seen.push(...page.map((row) => row.id));
    if (page.length < 10) break;
    after = page.at(-1)?.id ?? '';
  }
  t.same([seen.length, new Set(seen).size], [24, 24]);
  catalogue.remove({ recordings: [id(2)], calls: [] });
  t.same(catalogue.sealedTo.of(id(2)), []);
});

test('what the browser takes from the offline tool needs nothing of Node', async (t) => {
  const shared = ['pack', 'rewrap', 'reencrypt', 'new-key'].map((name) => `src/offline/${name}.ts`);
  for (const source of sources(...shared, 'src/shared/errors.ts', 'src/shared/packets.ts')) {
    for (const module of importsOf(source))
      t.match(module, /^(openpgp|\.\/[\w-]+\.ts|\.\.\/shared\/(errors|packets)\.ts)$/, source.path);
    t.notMatch(source.text, /\bBuffer\.\w|\bprocess\.\w/, source.path);
  }
});
