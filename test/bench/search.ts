// Search and list over many rows, through HTTP and TLS of the real server, as a browser asks. Against the same question as
// SQL of the same file, and of two schemas of the field. The deep page goes by a cursor here, by an offset there.

import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Test } from 'tap';
import { fillCatalogue } from '../unit/support/half-a-million.ts';
import { openKeyWorld } from '../unit/support/keys.ts';
import { openWeb } from '../unit/support/web.ts';
import { askAs } from './asking.ts';
import { alone, type Bench, compared, type Figure, type Row } from './figure.ts';
import { p95, timesOf } from './measure.ts';
import { openPeer, PEERS } from './peers-cdr.ts';
import { peerValues, QUESTIONS } from './search-questions.ts';

/** How often each question is asked; of few rows less often, since nobody looks at the figure. */
const turnsOf = (size: number) => (size < 10_000 ? 10 : 200);
/** Pages that lie before the deep one, at most; those of a small index are fewer. */
const DEEP = 400;
const AIM_MS = 50;
/** Some of theirs take seconds. */
const PEER_TURNS = 20;

interface Page {
  recordings: unknown[];
  next: string | null;
}
type Ask = (query: Record<string, string>) => Promise<Page>;

export const search: Figure = {
  id: 'search',
  name: 'search and list, through HTTP',
  unit: 'rows',
  sizes: { small: 3_000, usual: [500_000, 2_000_000] },
  async measure(bench) {
    const { size, tell } = bench;
    const world = await openKeyWorld(bench as unknown as Test);
    Object.assign(world.config.site, { country: 'FR', timezone: 'Europe/Paris', language: 'fr' });
    const db = fillCatalogue(world.at('catalogue'), size);
    bench.teardown(() => db.close());
    tell('the index is filled');
    const ask = await server(bench, world);
    const rows: Row[] = [];
    const turns = turnsOf(size);
    const peers = PEERS.map((peer) => {
      const opened = openPeer(join(world.root, `${peer.name}.db`), peer, size);
      bench.teardown(() => opened.close());
      return { ...peer, db: opened };
    });
    tell('the peers are filled');
    for (const { name, query, sql, values } of QUESTIONS) {
      const statement = db.prepare(sql);
      const byHand = await timesOf(turns, (turn) => statement.all(values(turn)));
      const ours = await timesOf(turns, (turn) => ask(query(turn)));
      rows.push(...rowsOf(name, ours, byHand));
      rows.push(...(await peerRows(peers, name, ours, 0)));
    }
    rows.push(...(await deepRows(bench, ask, db, peers)));
    return rows;
  },
};

function rowsOf(name: string, ours: number[], byHand: number[]): Row[] {
  const said = { what: `${name}, p95`, value: p95(ours), unit: 'ms' };
  return [
    alone(said, { atMost: AIM_MS }),
    compared({ ...said, what: `${name}, p95` }, 'SQL by hand', p95(byHand)),
  ];
}

type OpenPeers = { name: string; asks: Record<string, string>; db: DatabaseSync }[];

async function peerRows(peers: OpenPeers, name: string, ours: number[], deep: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const peer of peers) {
    const statement = peer.db.prepare(peer.asks[name] ?? '');
    const theirs = await timesOf(PEER_TURNS, (turn) => statement.all(peerValues(name, turn, deep)));
    rows.push(compared({ what: `${name}, p95`, value: p95(ours), unit: 'ms' }, peer.name, p95(theirs)));
  }
  return rows;
}

/** A page far down: one turns to it page by page, as a person does, and every page after it counts. */
async function deepRows({ size, tell }: Bench, ask: Ask, db: DatabaseSync, peers: OpenPeers): Promise<Row[]> {
  const pages = Math.min(DEEP, Math.floor(size / 50) - 25);
  let [cursor, place] = ['', { started_at: '', id: '' }];
  const turnTo = async () => {
    const { recordings, next } = await ask(cursor ? { cursor } : {});
    const last = recordings.at(-1) as { startedAt: string; id: string };
    [cursor, place] = [next ?? '', { started_at: last.startedAt, id: last.id }];
  };
  for (let page = 0; page < pages; page += 1) await turnTo();
  tell(`${pages} pages down`);
  const statement = db.prepare(
    `SELECT * FROM recordings WHERE (started_at, id) < (:started_at, :id)
      ORDER BY started_at DESC, id DESC LIMIT 50`,
  );
  const byHand = await timesOf(turnsOf(size), () => statement.all(place));
  const ours = await timesOf(20, turnTo);
  return [...rowsOf('deep page', ours, byHand), ...(await peerRows(peers, 'deep page', ours, pages * 50))];
}

/** The server on a port of this machine, asked by somebody who is logged in. */
async function server(bench: Bench, world: Awaited<ReturnType<typeof openKeyWorld>>): Promise<Ask> {
  const web = await openWeb(bench as unknown as Test, world.appliance, world.root, world.clock);
  await web.people.add('marie', ['manager'], 'a long enough password', false);
  const cookie = `__Host-session=${web.sessions.begin('marie')}`;
  await web.server.listen({ host: '127.0.0.1', port: 0 });
  const ask = askAs(cookie, (web.server.server.address() as AddressInfo).port, bench.teardown);
  return async (query) => (await ask(`/api/recordings?${new URLSearchParams(query)}`)) as Page;
}
