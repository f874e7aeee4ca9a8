// The agent's verbs on a call that runs, for the command line and the web: start, stop, pause, resume, destroy. They
// press the agent's keys in the dialplan, so that there is one way to do each thing, whoever asks for it.

import { setTimeout as delay } from 'node:timers/promises';
import type { Appliance } from './appliance.ts';
import type { AmiFields } from './asterisk/ami.ts';
import { type Control, createControl, KEYS, type Key } from './asterisk/control.ts';
import { GreffierError, reasonOf } from './shared/errors.ts';
import { segmentsOf } from './spool/segments.ts';
import { lineOf, type Sheet } from './spool/sheet.ts';

/** Within this time the dialplan must say that it took the key (C16: 300 ms, and as much for the way there). */
const CONFIRMED_MS = 600;
const LOOK_MS = 20;

export interface Steering {
  /**
   * Presses a key for an agent. Resolves to what came of it. Throws `no-such-call` when the call does not run, and
   * `key-unconfirmed` when nobody took the key; then the capture has been stopped, whatever the key was (C16).
   */
  press(id: string, key: Key, by: string): Promise<'done' | 'refused'>;
  /** Ends the capture of a call for want of room; what was captured is kept. */
  truncate(id: string): Promise<void>;
  /** Takes the events by which the dialplan asks for something on another channel. */
  onEvent(event: AmiFields): void;
}

/** Steers calls over an open appliance. */
export function createSteering({ config, spool, audit, alarms }: Appliance): Steering {
  const { host, port, controlUser } = config.asterisk.ami;
  const control: Control = createControl({
    host,
    port,
    user: controlUser,
    secret: config.secrets.amiControl,
  });

  async function press(id: string, key: Key, by: string): Promise<'done' | 'refused'> {
    const sheet = await spool.readSheet(id);
    const channel = sheet && outsideChannel(sheet);
    if (!sheet || !channel || lineOf(sheet, 'call.end')) {
      throw new GreffierError('no-such-call', `no call ${id.slice(0, 36)} runs`, {
        hint: 'greffier calls live shows those that do',
        status: 404,
      });
    }
    await audit.write({ actor: by, action: `key-${key}`, recording: id });
    await control.press({ key, channel });
    const before = keysOf(sheet).length;
    for (let waited = 0; waited < CONFIRMED_MS; waited += LOOK_MS) {
      const now = keysOf((await spool.readSheet(id)) ?? sheet);
      const answer = now[before];
      if (answer) return answer.values.result === 'done' ? 'done' : 'refused';
      await delay(LOOK_MS);
    }
    await control.stopCapture(channel, '').catch(() => {});
    throw new GreffierError('key-unconfirmed', `the key ${key} was not taken by call ${id}`, {
      hint: 'nothing more of this call is recorded; the party may be on hold, parked or gone',
      status: 409,
    });
  }

  async function truncate(id: string): Promise<void> {
    const sheet = await spool.readSheet(id);
    const channel = sheet && outsideChannel(sheet);
    if (!channel || lineOf(sheet, 'call.end')) return;
    await control.press({ key: 'truncate', channel });
    for (let waited = 0; waited < CONFIRMED_MS; waited += LOOK_MS) {
      const now = await spool.readSheet(id);
      if (!now || segmentsOf(now).every(({ endedAt }) => endedAt !== null)) return;
      await delay(LOOK_MS);
    }
    // Nobody took the key: the party is on hold, say. Without the dialplan then.
    await control.stopCapture(channel, '');
  }

  return {
    press,
    truncate,
    onEvent(event) {
      if (event.event !== 'UserEvent') return;
      const failed = (error: unknown) =>
        alarms.raise('recording.unsteered', `an order did not reach Asterisk: ${reasonOf(error)}`);
      if (event.userevent === 'GreffierCut')
        void control.stopCapture(event.party ?? '', event.mixmonitor ?? '').catch(failed);
      const key = KEYS.find((one) => one === event.key);
      if (event.userevent === 'GreffierKey' && key)
        void control
          .press({ key, channel: event.party ?? '', ...(event.agent && { agent: event.agent }) })
          .catch(failed);
    },
  };
}

/** Unique id of the channel that carries the recording: that of the caller or, when we called, of who was called. */
export function outsideChannel(sheet: Sheet): string | undefined {
  return (lineOf(sheet, 'outside') ?? lineOf(sheet, 'arrival'))?.values.channel;
}

function keysOf(sheet: Sheet) {
  return sheet.lines.filter(({ event }) => event === 'key');
}
