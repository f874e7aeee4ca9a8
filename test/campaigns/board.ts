// A supervisor watches the live board while the calls of a busy hour come in, ten new ones a second. The board shows each
// of them in time, and is right again within five seconds after its link to Asterisk was silent, after the daemon was
// started anew, and after Asterisk was (issue 7).

import { inBox, type LabInfo } from '../support/lab.ts';
import { closed, until } from '../support/ledger.ts';
import { watchBoard } from '../support/watched-board.ts';
import { logInAs } from '../support/web-login.ts';
import { callsUp, oneMoreCall } from './calls-up.ts';
import type { Campaign } from './campaign.ts';
import { restore, silence } from './control-cut.ts';

const RIGHT_AGAIN_MS = 5_000;
/** So long the calls last: all that is done to the board falls into it. */
const LAST_MS = 90_000;

export const crowdedBoard: Campaign = {
  id: 'board',
  name: 'the live board shows every call in time, and is right again after each outage',
  unit: 'calls',
  sizes: { small: [10], full: [100] },
  raises: ['asterisk.down', 'capture.interrupted'],
  async run(t, lab, size, tell) {
    const since = new Date();
    const supervisor = await logInAs(lab, 'carla', 'supervisor');
    const board = watchBoard(lab, await supervisor.cookie());
    const shows = (count: number) => async () => {
      const now = board.now();
      return now !== undefined && !now.stale && now.calls.length === count;
    };
    let calls: Awaited<ReturnType<typeof callsUp>> | undefined;
    try {
      await until('the board is there, and empty', shows(0), 20_000);
      calls = await callsUp(lab, Array<number>(size).fill(LAST_MS));
      await until('every call is on the board', shows(size), RIGHT_AGAIN_MS);
      // Seen once it rings at somebody of the team, after the announcement, which takes as long for each: what the slowest
      // took longer than the quickest is how far the board fell behind.
      const behind = Math.max(...board.lags()) - Math.min(...board.lags());
      t.ok(behind < RIGHT_AGAIN_MS, `it was ${behind} ms behind at most`);
      tell(`all there, ${behind} ms behind at most`);

      await silence(lab);
      await until('it says that Asterisk is not heard', async () => board.now()?.stale, RIGHT_AGAIN_MS);
      await restore(lab);
      const link = await timed('it is right after a silence', shows(size));
      tell(`right after a silence: ${link} ms`);

      await inBox(lab, 'systemctl', 'restart', 'greffier');
      const daemon = await timed('it is right after a restart of the daemon', shows(size));
      tell(`right after a restart of the daemon: ${daemon} ms`);

      await inBox(lab, 'systemctl', 'kill', '--signal=KILL', 'asterisk');
      await asteriskUp(lab);
      const asterisk = await timed('it is right after a restart of Asterisk', shows(0));
      await calls.clear();
      calls = undefined;
      t.equal((await closed(lab, since)).length, size, 'each call has one record');
      await oneMoreCall(lab);
      return `${behind} ms behind at most; right again ${link}, ${daemon} and ${asterisk} ms after each outage`;
    } finally {
      await restore(lab);
      board.close();
      await calls?.clear();
      await supervisor.close();
    }
  },
};

/** Waits until something is so, for as long as the board may take, and returns after how many ms it was. */
async function timed(what: string, fact: () => Promise<boolean>): Promise<number> {
  const began = Date.now();
  await until(what, fact, RIGHT_AGAIN_MS);
  return Date.now() - began;
}

async function asteriskUp(lab: LabInfo): Promise<void> {
  const isUp = async () =>
    (await inBox(lab, 'systemctl', 'is-active', 'asterisk').catch(() => '')) === 'active';
  await until('Asterisk is up again', isUp, 30_000);
}
