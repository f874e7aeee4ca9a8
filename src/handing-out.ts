// Packages for whoever works in the browser: the request of the person, the incident, the audit log. They hold what the
// same commands write; what is in them of recordings is sealed. They lie on the box until they are taken out, once, by the
// person who asked, or for a quarter of an hour; what a restart finds of them goes.

import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { execa } from 'execa';
import type { Appliance } from './appliance.ts';
import { tarArguments } from './evidence/pack.ts';
import { GreffierError } from './shared/errors.ts';
import { makeFolder } from './shared/files.ts';
import type { Handout, Packed } from './shared/handout.ts';

const GOOD_MS = 15 * 60_000;

export interface Package {
  /** Of the file, without its ending. */
  name: string;
  /** What its files are dated. */
  at: Date;
  /** Fills an empty folder. */
  layOut(folder: string): Promise<void>;
  /** Told when all of it has left the box; what this throws spoils the file. */
  left?(): Promise<void>;
}

export interface Downloads {
  /** Makes a package for one person; `about` says which door it leaves by. Throws what laying it out does. */
  make(user: string, about: string, wish: Package): Promise<Packed>;
  /** Throws `no-such-package` for a ticket that is not that person's, was used, or is too old. */
  take(ticket: string, user: string, about: string): Promise<Handout>;
}

interface Waiting {
  user: string;
  about: string;
  folder: string;
  wish: Package;
}

/** The packages of an appliance; what was left of those of before is removed first. */
export async function createDownloads({
  config,
  log,
}: Pick<Appliance, 'config' | 'log'>): Promise<Downloads> {
  const place = config.state.downloads;
  const waiting = new Map<string, Waiting>();
  const remove = (folder: string) => rm(dirname(folder), { recursive: true, force: true });
  await rm(place, { recursive: true, force: true });

  return {
    async make(user, about, wish) {
      await makeFolder(place);
      const folder = join(await mkdtemp(join(place, 'of-')), wish.name);
      try {
        await mkdir(folder);
        await wish.layOut(folder);
      } catch (error) {
        await remove(folder);
        throw error;
      }
      const ticket = randomBytes(24).toString('base64url');
      waiting.set(ticket, { user, about, folder, wish });
      setTimeout(() => {
        if (waiting.delete(ticket)) void remove(folder).catch((error) => log.warn(error, 'not removed'));
      }, GOOD_MS).unref();
      return { ticket, name: `${wish.name}.tar` };
    },
    async take(ticket, user, about) {
      const found = waiting.get(ticket);
      if (found?.user !== user || found.about !== about)
        throw new GreffierError('no-such-package', 'that package was taken out before, or is too old', {
          hint: 'make it again',
          status: 404,
        });
      waiting.delete(ticket);
      const { folder, wish } = found;
      const stream = packed(folder, wish.at, async () => wish.left?.());
      stream.once('close', () => void remove(folder).catch((error) => log.warn(error, 'not removed')));
      return { name: `${wish.name}.tar`, stream };
    },
  };
}

/** The tar of a folder as it is made. One that could not be finished ends with an error, so that nobody takes it for whole. */
function packed(folder: string, at: Date, left: () => Promise<void>): PassThrough {
  const out = new PassThrough();
  const tar = execa('tar', [...tarArguments(at), `--directory=${dirname(folder)}`, basename(folder)], {
    buffer: false,
    stdin: 'ignore',
  });
  out.once('close', () => tar.kill());
  Promise.all([pipeline(tar.stdout, out, { end: false }), tar])
    .then(left)
    .then(
      () => out.end(),
      (error) => out.destroy(error),
    );
  return out;
}
