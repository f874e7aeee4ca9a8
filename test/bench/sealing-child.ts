// The process that seals, as the daemon does, so that what it uses can be counted:
//   sealing-child seal FOLDER KEY_FILE       every capture in that folder, one after the other: FLAC, OpenPGP, disk
//   sealing-child openpgp FOLDER             the OpenPGP part alone, over the same bytes
//   sealing-child cipher FOLDER              AES-256-CFB and SHA-1 of node:crypto, over the same bytes, written nowhere
//   sealing-child nothing MS                 does nothing for that long: how late the machine itself makes a process
// Each prints what it used as one JSON object.

import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { writeBody } from '../../src/sealing/body.ts';
import { startSealer } from '../../src/sealing/sealer.ts';
import { release } from '../../src/shared/scratch.ts';
import { DETAILS, PERMITS_ALL } from '../unit/support/recording.ts';
import { memoryOf, ownProcessor, secondsOf } from './measure.ts';

const [verb = '', folder = '', keyFile = ''] = process.argv.slice(2);
const captures =
  verb === 'nothing' ? [] : (await readdir(folder)).filter((name) => name.endsWith('.raw')).sort();
const stalls = monitorEventLoopDelay({ resolution: 1 });
const memory: number[] = [];

const work: Record<string, () => Promise<void>> = {
  async seal() {
    const sealer = startSealer();
    const recipients = [await readFile(keyFile, 'utf8')];
    for (const name of captures) {
      const into = join(folder, `${name}.sealed`);
      const sheet = join(folder, `${name}.sheet`);
      await mkdir(into);
      await writeFile(sheet, PERMITS_ALL);
      const job = { audio: join(folder, name), sheet, folder: into, recipients, details: DETAILS };
      const sealed = sealer.begin(name, { ...job, encoding: 'flac' });
      sealer.complete(name);
      await sealed;
      memory.push(memoryOf(process.pid));
    }
    await sealer.close();
  },
  async openpgp() {
    for (const name of captures) {
      const [body, ends] = [join(folder, `${name}.pgp`), join(folder, `${name}.ends`)];
      // The bytes are encoded already; how much audio they are does not matter.
      const job = { body, ends, sessionKey: randomBytes(32), frames: () => 0, onFailure: () => {} };
      await writeBody(job, createReadStream(join(folder, name)));
      memory.push(memoryOf(process.pid));
    }
  },
  async cipher() {
    const memory = Buffer.alloc(1 << 16);
    for (const name of captures) {
      const [cipher, hash] = [
        createCipheriv('aes-256-cfb', randomBytes(32), Buffer.alloc(16)),
        createHash('sha1'),
      ];
      const file = openSync(join(folder, name), 'r');
      const next = () => readSync(file, memory, 0, memory.length, null);
      for (let bytes = next(); bytes > 0; bytes = next()) {
        const chunk = memory.subarray(0, bytes);
        hash.update(chunk);
        release(cipher.update(chunk));
      }
      closeSync(file);
      hash.digest();
    }
  },
  nothing: () => delay(Number(folder)),
};

const before = ownProcessor();
stalls.enable();
const seconds = await secondsOf(() => work[verb]?.());
stalls.disable();
const used = ownProcessor();
console.log(
  JSON.stringify({
    seconds,
    processor: used.own - before.own + used.children - before.children,
    stallMs: stalls.max / 1e6 - 1,
    memory,
    most: memoryOf(process.pid, 'most'),
  }),
);
