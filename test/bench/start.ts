// The daemon starts over many recordings, and answers. What could grow with them is there: the index, and an audit log in
// which each fifth of them was listened to. Against the same with a thousandth of it: an answer is a page of 50 rows there, too.

import { appendFile } from 'node:fs/promises';
import { encodeLine } from '../../src/audit/entry.ts';
import { fillCatalogue } from '../unit/support/half-a-million.ts';
import { askAs } from './asking.ts';
import { type DaemonSite, laySite, startDaemon } from './daemon-site.ts';
import { alone, type Bench, compared, type Figure } from './figure.ts';
import { median, memoryOf } from './measure.ts';
import { QUESTIONS } from './search-questions.ts';

const STARTS = 5;
const ASKED = 300;
/** Enough for whole pages of answers, whatever is asked. */
const FEW = 500;

export const start: Figure = {
  id: 'start',
  name: 'start of the daemon, and its memory',
  unit: 'rows',
  sizes: { small: 500, usual: [500_000] },
  async measure(bench) {
    const [few, many] = [await laySite(bench), await laySite(bench)];
    for (const [site, rows] of [
      [few, FEW],
      [many, bench.size],
    ] as const) {
      fillQuietly(site, rows);
      await fillAudit(site, Math.floor(rows / 5));
    }
    bench.tell('the index and the audit log are filled');
    const times = { few: [] as number[], many: [] as number[] };
    const memory = { few: [] as number[], many: [] as number[] };
    for (let turn = 0; turn < (bench.size < 1_000 ? 1 : STARTS); turn += 1)
      for (const [name, site] of [
        ['few', few],
        ['many', many],
      ] as const) {
        const { readyMs, mb } = await oneStart(bench, site);
        times[name].push(readyMs);
        memory[name].push(mb);
      }
    const [ready, mb] = [median(times.many), median(memory.many)];
    return [
      alone({ what: 'until it is ready', value: ready / 1000, unit: 's' }, { atMost: 2 }),
      compared(
        { what: 'until it is ready', value: ready, unit: 'ms' },
        `with ${FEW} rows`,
        median(times.few),
      ),
      compared(
        { what: `memory after ${ASKED} questions`, value: mb, unit: 'MB' },
        `with ${FEW} rows`,
        median(memory.few),
      ),
    ];
  },
};

async function oneStart(bench: Bench, site: DaemonSite): Promise<{ readyMs: number; mb: number }> {
  const daemon = await startDaemon(bench, site);
  const ask = askAs(site.cookie, Number(new URL(site.origin).port), bench.teardown);
  for (let turn = 0; turn < ASKED; turn += 1) {
    const query = QUESTIONS[turn % QUESTIONS.length]?.query(turn) ?? {};
    await ask(`/api/recordings?${new URLSearchParams(query)}`);
  }
  const mb = memoryOf(daemon.pid);
  await daemon.stop();
  return { readyMs: daemon.readyMs, mb };
}

/** Nothing is due, and nothing held by no hold: the daemon would see to that while it is measured. */
function fillQuietly({ at }: DaemonSite, rows: number): void {
  const db = fillCatalogue(at('state', 'catalogue'), rows);
  db.exec("UPDATE recordings SET held_until = NULL, due_at = '2099' || substr(due_at, 5)");
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
}

/** Entries of a year, as the daemon writes them. */
async function fillAudit({ at }: DaemonSite, entries: number): Promise<void> {
  const from = Date.parse('2026-01-01T00:00:00Z');
  for (let done = 0; done < entries; done += 1_000) {
    const lines = Array.from({ length: Math.min(1_000, entries - done) }, (_, index) => {
      const entry = { actor: 'marie', action: 'play', recording: crypto.randomUUID(), code: 'quality' };
      return encodeLine(entry, new Date(from + (done + index) * 300_000));
    });
    await appendFile(at('state', 'audit', 'log'), lines.join(''), { mode: 0o600 });
  }
}
