// What the daemon may do to a call that runs: stop its capture, press the key that stands for one of the agent's, and
// answer, lead on and end a supervisor's session. Nothing else: the manager user behind it has no right to originate a
// call or to run a command (ADR 0004, 0007, 0021).

import { type Ami, type AmiOptions, withAmi } from './ami.ts';

/** The agent's keys, by the names the dialplan has for them. */
export const KEYS = ['destroy', 'record', 'pause'] as const;
export type Key = (typeof KEYS)[number];

export interface PressedKey {
  /** One of the agent's, or the daemon's own: to end a capture for want of room, to ring a supervisor's phone. */
  key: Key | 'truncate' | 'supervise';
  /** Unique id or name of the outside party's channel. */
  channel: string;
  /**
   * Name of the agent's channel, which hears what came of it; left out, whoever is connected with the party. For
   * `supervise`, extension and ticket with a hyphen between.
   */
  agent?: string;
}

export interface Control {
  /** Ends one capture; the rest of the call is untouched. Throws like any AMI action. */
  stopCapture(channel: string, mixMonitor: string): Promise<void>;
  /** Presses the daemon's key on the outside party's channel. That it was taken is seen in the call's sheet. */
  press(pressed: PressedKey): Promise<void>;
  /** Answers a supervisor's wish: `yes`, or the reason why not. */
  grant(channel: string, turn: string, answer: string): Promise<void>;
  /** Leads a supervisor's channel on to another mode, about which it asks anew. */
  changeMode(channel: string, mode: string): Promise<void>;
  hangUp(channel: string): Promise<void>;
}

/** Speaks to Asterisk for one order at a time: an order that cannot be given now must not be given later. */
export function createControl(options: AmiOptions): Control {
  const once = (give: (ami: Ami) => Promise<unknown>) =>
    withAmi(options, async (ami) => void (await give(ami)));
  return {
    stopCapture: (channel, mixMonitor) =>
      once((ami) => ami.action({ action: 'StopMixMonitor', channel, mixmonitorid: mixMonitor })),
    press: ({ key, channel, agent = '' }) =>
      once(async (ami) => {
        const set = (variable: string, value: string) =>
          ami.action({ action: 'Setvar', channel, variable: `SHARED(${variable})`, value });
        await set('KEY_BY', agent);
        await set('KEY', key);
        // D: no telephone has it. Received, not sent: the party hears nothing of it.
        await ami.action({ action: 'PlayDTMF', channel, digit: 'D', receive: 'true' });
      }),
    grant: (channel, turn, answer) =>
      once((ami) =>
        ami.action({ action: 'Setvar', channel, variable: 'SHARED(GRANT)', value: `${turn}:${answer}` }),
      ),
    changeMode: (channel, mode) =>
      once((ami) =>
        ami.action({
          action: 'Redirect',
          channel,
          context: 'supervision',
          exten: `mode-${mode}`,
          priority: '1',
        }),
      ),
    hangUp: (channel) => once((ami) => ami.action({ action: 'Hangup', channel, cause: '16' })),
  };
}
