// The thread that makes the indexes of tables that were filled, one after the other, and ends. Each is there wholly or not
// at all, and whoever writes a row meanwhile waits for one of them.

import { DatabaseSync } from 'node:sqlite';
import { workerData } from 'node:worker_threads';
import { LATER_INDEXES } from './schema.ts';

const db = new DatabaseSync(String(workerData), { timeout: 60_000 });
// What is being sorted stays in memory: another disk may not be encrypted as this one is.
db.exec('PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY');
for (const sql of LATER_INDEXES) db.exec(sql);
db.close();
