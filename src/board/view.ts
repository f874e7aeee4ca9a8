// What one person sees of the board: the teams whose supervisor that person is, their agents, the calls in which these
// take part or that wait for them, and their queues. Nothing else exists (C14); clients never see each other (C34).

import { type Doing, doingOf, meantFor } from './agents.ts';
import type { LiveCall } from './call.ts';
import type { Facts } from './facts.ts';
import type { Figures } from './figures.ts';
import type { AgentShown, Board, CallShown, QueueShown } from './schema.ts';
import { MODES, membersOf, type Queue, type Site, type Team } from './site.ts';

export interface Watcher {
  /** Login, which is the id of the person in the settings. */
  user: string;
  /** Whether the last four digits of numbers outside may be shown. */
  seesLast4: boolean;
}

interface Agent {
  extension: string;
  name: string;
  private: boolean;
  teams: Team[];
}

interface Scope {
  agents: Map<string, Agent>;
  clients: Set<string>;
}

/** Clients of the teams that somebody watches: whose figures are shown. */
export function clientsWatched(site: Site, user: string): string[] {
  return [...new Set(watched(site, user).map(({ client }) => client))];
}

/** The board as one person sees it at that moment. */
export function boardOf(
  facts: Facts,
  site: Site,
  { user, seesLast4 }: Watcher,
  figures: Figures,
  now: Date,
): Board {
  const scope = scopeOf(site, user);
  const doing = new Map<string, Doing>();
  for (const { extension, private: hidden } of scope.agents.values())
    doing.set(
      extension,
      hidden ? { state: 'private', since: null, call: null } : doingOf(extension, facts, site, now),
    );
  const calls = [...facts.calls.values()]
    .filter((call) => isSeen(call, scope, site))
    .map((call) => shownCall(call, scope, site, doing, seesLast4))
    .sort((a, b) => a.since.localeCompare(b.since));
  const ids = new Set(calls.map(({ id }) => id));
  return {
    stale: facts.staleSince !== null,
    staleSince: facts.staleSince,
    agents: [...scope.agents.values()].map((agent) => shownAgent(agent, facts, site, doing, ids)),
    calls,
    queues: site.queues
      .filter(
        (queue) => scope.clients.has(queue.client) && queue.extensions.some((one) => scope.agents.has(one)),
      )
      .map((queue) => shownQueue(queue, facts, site, now)),
    figures,
  };
}

function watched({ teams }: Site, user: string): Team[] {
  return teams.filter(({ supervisors }) => supervisors.includes(user));
}

function scopeOf(site: Site, user: string): Scope {
  const teams = watched(site, user);
  const agents = site.people.flatMap(({ id, name, extensions, staff_rep = false }): Agent[] => {
    const own = teams.filter(({ members }) => members.includes(id));
    return own.length
      ? extensions.map((extension) => ({ extension, name, private: staff_rep, teams: own }))
      : [];
  });
  return {
    agents: new Map(agents.map((agent) => [agent.extension, agent])),
    clients: new Set(teams.map(({ client }) => client)),
  };
}

function isSeen(call: LiveCall, { agents, clients }: Scope, site: Site): boolean {
  const taking = call.on.map(({ extension }) => extension);
  // What a staff representative says, and to whom, is nobody's business.
  if (
    taking.some((extension) => site.people.some((one) => one.staff_rep && one.extensions.includes(extension)))
  )
    return false;
  if (taking.some((extension) => agents.has(extension))) return true;
  const waits = ['waiting', 'ringing', 'parked'].includes(call.state);
  const client = clientOf(call, site);
  // A call inside has no client: it is that of whoever it rings.
  return (
    waits && (client === '' || clients.has(client)) && meantFor(call, site).some((one) => agents.has(one))
  );
}

function clientOf({ did }: LiveCall, { lines }: Site): string {
  return lines.find((line) => line.did === did)?.client ?? '';
}

function shownCall(
  call: LiveCall,
  { agents, clients }: Scope,
  site: Site,
  doing: Map<string, Doing>,
  seesLast4: boolean,
): CallShown {
  const line = site.lines.find(({ did, client }) => did === call.did && clients.has(client));
  const queue = site.queues.find(({ id, client }) => id === call.queue && clients.has(client));
  const policy = site.policies.find(({ id }) => id === call.policy);
  const taking = call.on.map(({ extension }) => extension).filter((extension) => agents.has(extension));
  const held = taking
    .map((one) => doing.get(one))
    .find((one) => one?.state === 'on-hold' && one.call === call.id);
  return {
    id: call.id,
    direction: call.direction,
    line: line?.name ?? '',
    queue: queue?.name ?? '',
    since: call.since,
    state: held ? 'on-hold' : call.state,
    stateSince: held?.since ?? call.stateSince,
    extensions: taking,
    recorded: call.recorded,
    listenable:
      call.state === 'talking' &&
      !held &&
      call.direction !== 'internal' &&
      call.told &&
      !call.conference &&
      taking.length > 0 &&
      policy?.live_listening === true,
    last4: seesLast4 ? call.last4 : null,
  };
}

function shownAgent(
  { extension, name, private: hidden, teams }: Agent,
  { members }: Facts,
  site: Site,
  all: Map<string, Doing>,
  seen: Set<string>,
): AgentShown {
  const { state, since, call } = all.get(extension) ?? { state: 'offline', since: null, call: null };
  return {
    extension,
    name,
    teams: teams.map((team) => team.name),
    state,
    since,
    call: call && seen.has(call) ? call : null,
    queues: hidden
      ? []
      : site.queues.filter(({ id }) => members.has(`${id} ${extension}`)).map((queue) => queue.name),
    modes: hidden ? [] : MODES.filter((mode) => teams.some(({ modes }) => modes.includes(mode))),
  };
}

function shownQueue({ id, name }: Queue, facts: Facts, site: Site, now: Date): QueueShown {
  const waiting = [...facts.calls.values()].filter((call) => call.state === 'waiting' && call.queue === id);
  const there = membersOf(site, id)
    .filter((extension) => facts.members.has(`${id} ${extension}`))
    .map((extension) => doingOf(extension, facts, site, now).state)
    .filter((state) => state !== 'offline');
  return {
    id,
    name,
    waiting: waiting.length,
    longestSince: waiting.map(({ stateSince }) => stateSince).sort()[0] ?? null,
    loggedIn: there.length,
    available: there.filter((state) => state === 'free').length,
  };
}
