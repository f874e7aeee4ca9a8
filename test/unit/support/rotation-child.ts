// A process that takes the steps of a rotation, to be killed in the middle of them.
//   rotation-child.ts FOLDER STEP [HEADERS.json]

import { readFile } from 'node:fs/promises';
import { takeHeaders } from '../../../src/keyring/rotation.ts';
import { complete, rollback } from '../../../src/keyring/rotation-end.ts';
import { asRoot, openParts } from './keys.ts';

const [folder = '', step, headers = ''] = process.argv.slice(2);
const { appliance } = await openParts(folder);
const given = headers
  ? (JSON.parse(await readFile(headers, 'utf8')) as { id: string; header: string }[])
  : [];

// Whoever kills counts from here.
process.stdout.write('ready\n');
if (step === 'take') {
  const all = given.map(({ id, header }) => ({ id, header: Buffer.from(header, 'base64') }));
  await takeHeaders(appliance, 'marie', all);
}
if (step === 'complete') await complete(appliance, 'marie', asRoot);
if (step === 'rollback') await rollback(appliance, 'marie', asRoot);
process.stdout.write('done\n');
process.exit(0);
