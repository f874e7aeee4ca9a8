// `make clean-cache`: removes the base system and the downloaded packages. Running boxes lose only their package cache.
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './lab.ts';
import { lock } from './lock.ts';
import { checkRoot } from './preflight.ts';
import { runAsCommand } from './problem.ts';

await runAsCommand(async () => {
  checkRoot();
  await lock('cache');
  if (!existsSync(cacheFolder)) {
    process.stdout.write(`there is no cache ${cacheFolder}\n`);
    return;
  }
  // Only what the lab put there: the folder may be one that a person chose.
  const ours = (await readdir(cacheFolder)).filter((name) => /^(base-|building|archives$)/.test(name));
  for (const name of ours) await rm(join(cacheFolder, name), { recursive: true, force: true });
  if ((await readdir(cacheFolder)).length === 0) await rm(cacheFolder, { recursive: true });
  process.stdout.write(`the cache ${cacheFolder} is empty now\n`);
});
