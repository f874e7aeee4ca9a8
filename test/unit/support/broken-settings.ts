// Settings that break one rule each, with the article that forbids it.

import { at, type Draft, set } from './policies.ts';

export const obligation = (text: string, approver = 'La direction') => ({
  legal_obligation: { text, approver },
});
export const LAW = 'Article L. 533-10 du code monétaire';

export const BROKEN: [says: string, change: (draft: Draft) => void, refusal: RegExp][] = [
  [
    'quality is kept six months',
    set(0, 'policies', { retention: 'P185D' }),
    /^policy quality: .*six months.*\(C21\)/,
  ],
  [
    'training too',
    set(0, 'policies', { purpose: 'training', retention: 'P1Y' }),
    /six months.*training \(C21\)/,
  ],
  [
    'contracts are kept five years',
    set(1, 'policies', { retention: 'P6Y' }),
    /contract: .*five years.*\(C18\)/,
  ],
  ['nothing is due at once', set(0, 'policies', { retention: 'PT59S' }), /less than one minute \(C21\)/],
  [
    'a period is one',
    set(0, 'policies', { retention: 'PT' }),
    /policy quality: not an ISO 8601 duration: PT/,
  ],
  ['agents start contracts', set(1, 'policies', { start: 'automatic' }), /policy contract: .*agent \(C18\)/],
  [
    'none needs a law',
    set(0, 'policies', { consent: 'none' }),
    /policy quality: .*legal obligation.*\(C11\)/,
  ],
  ['so do all calls', set(0, 'policies', { share: 100 }), /policy quality: records every call.*\(C11\)/],
  ['a law has words', set(0, 'policies', obligation('parce que')), /20 characters.*\(C11\)/],
  ['and an approver', set(0, 'policies', obligation(LAW, ' ')), /an approver \(C11\)/],
  ['recorded is told', set(0, 'lines', { announcements: [] }), /line \+33123456701: .*no notice.*\(C01\)/],
  ['an information is no notice', set(0, 'lines', { announcements: ['more-v1'] }), /no notice.*\(C01\)/],
  ['the called are told', set(0, 'outbound', { announcements: [] }), /outbound one: .*no notice.*\(C01\)/],
  [
    'an announcement exists',
    set(0, 'lines', { announcements: ['x'] }),
    /announcement x is not defined \(C01\)/,
  ],
  [
    'an announcement is of the client',
    set(0, 'lines', { announcements: ['notice-two-v1'] }),
    /of client two.*\(C34\)/,
  ],
  ['an information is one', set(0, 'lines', { information: 'notice-v1' }), /is a notice.*\(C06\)/],
  [
    'a policy is of the client',
    set(0, 'lines', { policy: 'two' }),
    /policy two is of client two, not of one \(C34\)/,
  ],
  [
    'a policy exists',
    set(0, 'lines', { policy: 'x' }),
    /line \+33123456701: policy x is not defined \(C34\)/,
  ],
  ['recipients are of the client', set(3, 'policies', { recipients: ['team'] }), /policy two: .*\(C34\)/],
  ['a queue exists', set(0, 'lines', { destination: { queue: 'x' } }), /queue x is not defined \(C34\)/],
  [
    'a room is of the client',
    set(1, 'lines', { destination: { conference: 'room' } }),
    /of client one.*\(C34\)/,
  ],
  [
    'phones are of the client',
    set(0, 'lines', { destination: { extensions: ['206'] } }),
    /extension 206.*\(C34\)/,
  ],
  ['queues ring the client', set(0, 'queues', { extensions: ['206'] }), /queue desk: extension 206.*\(C34\)/],
  ['groups ring the client', set(0, 'ring_groups', { extensions: ['206'] }), /ring group office: .*\(C34\)/],
  [
    'a client exists',
    set(0, 'people', { client: 'three' }),
    /person alice: client three is not defined \(C34\)/,
  ],
  [
    'a phone is somebody’s',
    set(0, 'lines', { destination: { extensions: ['209'] } }),
    /209 belongs to nobody \(C08\)/,
  ],
  [
    'a phone has one owner',
    set(1, 'people', { extensions: ['201'] }),
    /201 belongs to person alice already \(C08\)/,
  ],
  [
    'somebody was informed',
    set(0, 'lines', { destination: { extensions: ['204'] } }),
    /nobody whose.*\(C08\)/,
  ],
  ['representatives do not count', set(0, 'lines', { destination: { extensions: ['205'] } }), /\(C08, C10\)/],
  ['a day is one', set(0, 'people', { informed_on: '2026-02-30' }), /person alice: .*2026-02-30.*\(C08\)/],
  [
    'hours run forward',
    set(0, 'people', { windows: [{ days: 'mon', from: '19:00', to: '08:00' }] }),
    /window.*\(C08\)/,
  ],
  [
    'a number is one thing',
    set(0, 'queues', { number: '601' }),
    /queue desk: number 601 is taken by ring group office/,
  ],
  ['a number is no phone', set(0, 'conferences', { number: '201' }), /number 201 is taken by person alice/],
  [
    'two lines are two',
    (draft) => draft.lines.push(at(draft.lines, 0)),
    /line \+33123456701: is defined twice/,
  ],
  [
    'one rule each way out',
    (draft) => draft.outbound.push(at(draft.outbound, 0)),
    /outbound one: is defined twice/,
  ],
  ['no queue is the general one', set(0, 'queues', { id: 'general' }), /queue general: .*keeps this name/],
];
