/** What the live board says in English. */
import type { LiveWords } from './words-fr.ts';

const plural = (count: number) => (count === 1 ? '' : 's');

export const en: LiveWords = {
  title: 'Live',
  live: (calls: number) =>
    calls === 0 ? 'No call in progress' : `${calls} call${plural(calls)} in progress`,
  lost: (at: string) => `Disconnected since ${at}; trying again in a moment`,
  stale: (at: string) =>
    `The telephone system has not answered since ${at}: calls are up to date, the state of phones may have changed.`,
  noTeam: 'You supervise no team',
  noTeamHint: 'Teams and their supervisors are in the settings. The login has to be the id of the person.',
  figures: {
    title: 'Today',
    calls: 'Calls received',
    answered: (count: number) => `${count} answered`,
    rate: 'Answer rate',
    missed: (count: number) => `${count} unanswered`,
    waiting: 'Mean wait',
    waitingHint: 'until answered',
    handling: 'Mean duration',
    handlingHint: 'per call',
    hour: (hour: number) => `${String(hour).padStart(2, '0')}:00`,
    none: 'nothing',
    plot: (name: string, best: string) => `${name}, hour by hour; highest: ${best}`,
  },
  queues: {
    title: 'Queues',
    waiting: (_count: number) => 'waiting',
    longest: 'Longest wait',
    nobody: 'Nobody waits',
    there: (loggedIn: number, available: number) =>
      `${loggedIn} agent${plural(loggedIn)} in the queue, ${available} available`,
    unanswered: (count: number) => `${count} call${plural(count)} without an agent`,
    states: {
      arriving: 'announcement',
      ringing: 'rings',
      waiting: 'waits',
      talking: 'talks',
      'on-hold': 'on hold',
      parked: 'parked',
    },
  },
  call: {
    directions: { inbound: 'Incoming call', outbound: 'Outgoing call', internal: 'Between colleagues' },
    recorded: { yes: 'recorded', paused: 'paused' },
  },
  agents: {
    title: 'Agents',
    there: (there: number, all: number) => `${there} of ${all}`,
    calling: 'calls',
    states: {
      offline: 'away',
      free: 'free',
      ringing: 'rings',
      talking: 'talking',
      'on-hold': 'on hold',
      paused: 'pause',
      'wrap-up': 'after call',
      private: 'not followed',
    },
    privateHint: 'Staff representative: their calls are nobody’s business.',
  },
  modes: {
    listen: { verb: 'Listen', lower: 'listen', hint: 'Nobody hears you.' },
    whisper: { verb: 'Whisper', lower: 'whisper', hint: 'The agent hears you, the other party does not.' },
    barge: { verb: 'Barge in', lower: 'barge in', hint: 'Both of them hear you.' },
    'take-over': {
      verb: 'Take over',
      lower: 'take the call over',
      hint: 'The call becomes yours; the agent leaves it.',
    },
  },
  ask: {
    title: (verb: string, name: string) => `${verb}: ${name}`,
    hint: 'Written to the audit log before anything is heard; the agent will see it. Write no name and no number.',
    submit: (desk: string) => `Ring my phone ${desk}`,
    cancel: 'Cancel',
    noDesk: 'No extension is yours in the settings: nothing can ring.',
  },
  session: {
    title: 'Your session',
    ringing: (desk: string, verb: string) => `Your phone ${desk} rings: lift it to ${verb}`,
    whom: (name: string) => `Call of ${name}`,
    running: {
      listen: (name: string) => `You are listening to ${name}`,
      whisper: (name: string) => `You are whispering to ${name}`,
      barge: (name: string) => `You are in the call of ${name}`,
      'take-over': (name: string) => `You have taken over the call of ${name}`,
    },
    end: 'Stop',
  },
  refusals: {
    refused: 'Listening was refused.',
    'not-a-supervisor': 'You supervise no team.',
    'other-team': 'That agent is in no team of yours.',
    'outside-window': 'Outside the hours in which listening is permitted.',
    'staff-representative': 'Calls of a staff representative are never listened to.',
    excluded: 'Calls of a staff representative are never listened to.',
    'not-informed': 'That agent has not been informed of listening yet.',
    objected: 'The other party has objected.',
    'not-listenable': 'The other party was not told, or has objected: this call is not listened to.',
    'mode-not-permitted': 'The team does not permit this way of joining.',
    'no-extension': 'No extension is yours in the settings.',
    'no-call': 'The call is over.',
    busy: 'Somebody listens to this call already, or your phone is busy.',
    unconfirmed: 'The other party is on hold or gone. Try again.',
    'not-logged': 'The audit log cannot be written: no trace, no listening.',
    'not-found': 'That session is over.',
  },
};
