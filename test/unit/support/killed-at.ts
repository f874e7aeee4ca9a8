// The call's path in a process of its own that is killed, as by the kernel, when it reaches a stage:
//   node killed-at.ts ROOT PUBLIC_KEY ENCODING STAGE

import { readFile } from 'node:fs/promises';
import { setInterval } from 'node:timers/promises';
import { openPath } from './path.ts';

const [root = '', key = '', encoding, stage = ''] = process.argv.slice(2);
const { path } = await openPath(
  { teardown: () => {} },
  { armoredPublic: await readFile(key, 'utf8') },
  {
    root,
    encoding: encoding === 'opus' ? 'opus' : 'flac',
    reached(_id, reached) {
      if (reached === stage) process.kill(process.pid, 'SIGKILL');
    },
  },
);
for await (const _ of setInterval(20)) await path.look();
