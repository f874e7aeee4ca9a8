// A call that a supervisor joins from the browser: who heard her, what is recorded, which session it was.

import { readFile } from 'node:fs/promises';
import { inBox, type LabInfo } from './lab.ts';
import { heardMs, type Outcome, outcome } from './outcome.ts';
import type { Phone } from './phone.ts';
import type { Voice } from './scene.ts';
import { AGENT, LINE } from './supervised.ts';
import { readWav, type Samples } from './tones.ts';
import { until } from './until.ts';

export interface SupervisedInBrowser extends Outcome {
  /** Her session, as a call. */
  session: string;
  /** How long each party heard a voice, in ms. */
  heard: Record<'caller' | 'agent', (voice: Voice) => number>;
}

/** A caller talks with the agent, and then something happens in the browser. */
export async function supervisedInBrowser(
  lab: LabInfo,
  play: (people: { caller: Phone; agent: Phone }) => Promise<void>,
): Promise<SupervisedInBrowser> {
  const ears = new Map<string, Samples>();
  const all = await outcome(
    lab,
    async (s) => {
      const [agent, caller] = await Promise.all([s.inside(AGENT), s.outside('+33612345678')]);
      await caller.dial(s.sip(LINE));
      await agent.until('CALL_ESTABLISHED', 40_000);
      await play({ caller, agent });
      await Promise.all([caller, agent].map((phone) => phone.hangUp().catch(() => {})));
      await until('all calls are over', async () => (await channels(lab)).length === 0, 10_000);
      await Promise.all([caller, agent].map((phone) => phone.stop()));
      for (const [name, phone] of Object.entries({ caller, agent }))
        ears.set(name, readWav(await readFile(await phone.heard())).channels[0] as Samples);
    },
    2,
  );
  const session = all.find(({ record }) => record.direction === 'internal');
  const call = all.find(({ record }) => record.direction === 'inbound');
  if (!session || !call) throw new Error('one call and one session were expected');
  const heardBy = (name: string) => (voice: Voice) => heardMs(ears.get(name) as Samples, voice);
  return {
    ...call,
    session: session.record.id,
    heard: { caller: heardBy('caller'), agent: heardBy('agent') },
  };
}

/** Names of the channels that live. */
export async function channels(lab: LabInfo): Promise<string[]> {
  const said = await inBox(lab, 'asterisk', '-rx', 'core show channels concise');
  return said.split('\n').flatMap((line) => line.split('!')[0] || []);
}
