// Where scorecards meet their neighbours: the index, which has the talks; the settings, which have people and teams; and the
// audit log, which has who judged whom.

import type { Appliance } from './appliance.ts';
import { insistImpersonal } from './playback/reasons.ts';
import { findSeen } from './recording-search.ts';
import { insistOnMarks } from './scorecards/criteria.ts';
import type { Cards, ScorecardRoutes, Shown, Wish } from './scorecards/routes.ts';
import { noSuchScorecard, type Scorecard } from './scorecards/store.ts';
import { trendOf } from './scorecards/trends.ts';
import { recordingNotFound } from './sealed-recording.ts';
import type { Asking } from './shared/asking.ts';
import { GreffierError } from './shared/errors.ts';
import { wallClock } from './shared/wall-clock.ts';

/** A talk that is kept as proof of a contract is kept for nothing else. */
const PURPOSES = ['quality', 'training'];
const MOST = 200;

/** The routes' parts over an open appliance. */
export function scorecardParts(appliance: Appliance): ScorecardRoutes {
  const { scorecards, catalogue, settings, audit, clock, config } = appliance;
  const find = findSeen(appliance);
  const people = () => settings.data.people ?? [];
  const nameOf = (agent: string) => people().find(({ id }) => id === agent)?.name ?? agent;
  const monthOf = (at: string) => wallClock(new Date(at), config.site.timezone).day.slice(0, 7);

  function shown({ client: _, ...card }: Scorecard): Shown {
    const state = catalogue.recording(card.recording)?.state;
    return { ...card, agentName: nameOf(card.agent), playable: state !== undefined && state !== 'destroyed' };
  }
  function told(cards: Scorecard[]): Cards {
    return { cards: cards.slice(0, MOST).map(shown), total: cards.length, trend: trendOf(cards, monthOf) };
  }
  async function talkOf(recording: string, asking: Asking) {
    const row = await find(recording, asking);
    if (!row) throw recordingNotFound(recording.slice(0, 36));
    if (row.state === 'destroyed')
      throw new GreffierError('recording-destroyed', `recording ${row.id} was destroyed`, { status: 410 });
    const inside = row.extension.split(' ');
    return {
      row,
      agents: people().filter(({ extensions }) => extensions.some((one) => inside.includes(one))),
    };
  }

  /** A card of somebody's own, for whoever has that login. */
  async function ownCard(id: string, { user }: Asking): Promise<Scorecard> {
    const card = await scorecards.one(id);
    if (card.agent === user) return card;
    throw noSuchScorecard(id);
  }

  async function make(wish: Wish, asking: Asking): Promise<Shown> {
    const { row, agents } = await talkOf(wish.recording, asking);
    insistOnTalk(
      row,
      wish,
      agents.map(({ id }) => id),
      asking.user,
    );
    insistOnMarks(wish.marks);
    insistImpersonal(wish.feedback);
    await audit.write({
      actor: asking.user,
      action: 'scorecard-made',
      recording: row.id,
      subject: wish.agent,
      extensions: row.extension,
      from: asking.ip,
    });
    return shown(
      await scorecards.make({ ...wish, client: row.client, talkedAt: row.started_at, madeBy: asking.user }),
    );
  }

  return {
    make,
    async list({ agent, team }, { scope }) {
      const seen = ({ client }: { client: string }) => !scope || scope.includes(client);
      const teams = (settings.data.teams ?? []).filter(seen);
      const members = teams.find(({ id }) => id === team)?.members ?? [];
      const all = (await scorecards.all()).filter(seen);
      const fits = (card: Scorecard) =>
        (agent === undefined || card.agent === agent) && (team === undefined || members.includes(card.agent));
      return {
        ...told(all.filter(fits)),
        agents: [...new Set(all.map((card) => card.agent))].sort().map((id) => ({ id, name: nameOf(id) })),
        teams: teams.map(({ id, name }) => ({ id, name })),
      };
    },
    async mine(user) {
      const cards = (await scorecards.all()).filter(({ agent }) => agent === user);
      const now = clock().toISOString();
      for (const { id, seenAt } of cards) if (!seenAt) await scorecards.change(id, { seenAt: now });
      return told(cards);
    },
    async agentsOf(recording, asking) {
      const { agents } = await talkOf(recording, asking);
      return agents.map(({ id, name }) => ({ id, name }));
    },
    async answer(id, words, asking) {
      await ownCard(id, asking);
      insistImpersonal(words);
      return shown(await scorecards.change(id, { answer: words.trim() }));
    },
    async withdraw(id, { user, ip, scope }) {
      const card = await scorecards.one(id);
      if (scope && !scope.includes(card.client)) throw noSuchScorecard(id);
      const { recording, agent: subject } = card;
      await audit.write({ actor: user, action: 'scorecard-withdrawn', recording, subject, from: ip });
      await scorecards.remove(id);
    },
  };
}

function insistOnTalk(
  { id, purpose }: { id: string; purpose: string },
  { agent }: Wish,
  agents: string[],
  user: string,
): void {
  if (!PURPOSES.includes(purpose))
    throw new GreffierError(
      'wrong-purpose',
      `recording ${id} is kept for purpose ${purpose}, not for quality`,
      {
        status: 409,
      },
    );
  if (!agents.includes(agent))
    throw new GreffierError('not-their-talk', `${agent.slice(0, 40)} did not take part in recording ${id}`, {
      hint: agents.length ? `it was ${agents.join(', ')}` : 'its extensions are nobody’s in the settings',
      status: 400,
    });
  if (agent === user)
    throw new GreffierError('own-talk', 'nobody judges a talk of their own', { status: 403 });
}
