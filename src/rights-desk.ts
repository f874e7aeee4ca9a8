// The rights desk over an open appliance: every step is in the audit log, by the number of the request and by nothing
// of the person, before the register changes (C27, C30).

import type { Appliance } from './appliance.ts';
import { outsideParty } from './arrival/outside-party.ts';
import { figuresOf, reminderOf } from './rights/deadline.ts';
import { openRegister, type Register } from './rights/register.ts';
import { type NewRequest, newRequest, type Request } from './rights/request.ts';
import { badNumber, digitsOf } from './rights/spelling.ts';
import { attach, type Doing, forget, insistKind, insistOpen, isForgettable, noted } from './rights/steps.ts';
import { isCallId } from './shared/call-id.ts';
import { GreffierError } from './shared/errors.ts';

export { eraseForRequest } from './rights-erasure.ts';
export { searchForRequest } from './rights-search.ts';

/** Puts a number (E.164) on the list of those that are never recorded again; the list does not keep it in clear. */
export type AddObjection = (number: string, why: { request: string }) => Promise<void>;

/** The register of the appliance. */
export function registerOf({ config }: Pick<Appliance, 'config'>): Register {
  return openRegister(config.state.rights);
}

/** A number as anybody writes it, in E.164, with what may be kept of it. Throws `bad-number`. */
export function partyOf({ config }: Pick<Appliance, 'config'>, spelling: string) {
  const party = outsideParty(digitsOf(spelling), config.site.country, config.secrets.hmac);
  if (!party.valid) throw badNumber('no country has such a number');
  return party;
}

export interface Opening extends Omit<NewRequest, 'parties'> {
  /** As they are written; only their fingerprints are kept. */
  numbers: string[];
}

/** Opens a request. Throws `bad-number`, `bad-received`. */
export async function openRequest(appliance: Appliance, { numbers, ...asked }: Opening): Promise<Request> {
  const parties = numbers.map((number) => partyOf(appliance, number).shown);
  const request = newRequest({ ...asked, parties }, appliance.clock());
  return registerOf(appliance).add(request, trace(appliance, asked.by, 'rights-opened'));
}

/** Does one step (steps.ts) to a request; who does it and what it was is in the audit log first. */
export async function work(
  appliance: Appliance,
  id: string,
  by: string,
  action: string,
  step: (request: Request, doing: Doing) => void,
): Promise<Request> {
  const doing = { by, now: appliance.clock() };
  const before = trace(appliance, by, action);
  return registerOf(appliance).change(id, (request) => step(request, doing), before);
}

/** Adds numbers and calls that a request is about. Throws `bad-number`, `call-not-found`, `request-closed`. */
export async function attachTo(
  appliance: Appliance,
  id: string,
  by: string,
  { numbers = [], calls = [] }: { numbers?: string[]; calls?: string[] },
): Promise<Request> {
  const parties = numbers.map((number) => partyOf(appliance, number).shown);
  const unknown = calls.find((call) => !isCallId(call) || !isKnown(appliance, call));
  if (unknown !== undefined)
    throw new GreffierError('call-not-found', `no call ${unknown.slice(0, 36)}`, {
      hint: 'greffier rights find lists calls by day, line and extension',
      status: 404,
    });
  return work(appliance, id, by, 'rights-attached', (request, doing) =>
    attach(request, { parties, calls }, doing),
  );
}

/**
 * Puts the numbers of an objection (art. 21) on the list of those that are never recorded again. They are given at this
 * moment and kept nowhere in the register. It may be done again after a fault: the list holds each number once.
 */
export async function objectFor(
  appliance: Appliance,
  id: string,
  by: string,
  numbers: string[],
  add: AddObjection,
): Promise<Request> {
  const parties = numbers.map((number) => partyOf(appliance, number));
  if (parties.length === 0) throw badNumber('none was given');
  const request = await registerOf(appliance).read(id);
  insistOpen(request);
  insistKind(request, 'objection');
  await trace(appliance, by, 'rights-objection')(id);
  for (const { number } of parties) await add(number, { request: id });
  return registerOf(appliance).change(id, (changed) => {
    const doing = { by, now: appliance.clock() };
    attach(changed, { parties: parties.map(({ shown }) => shown) }, doing);
    changed.objection = { at: doing.now.toISOString(), by, numbers: changed.parties.length };
    noted(changed, doing, 'objection');
  });
}

/** How the desk is doing at this moment. */
export async function rightsFigures(appliance: Appliance) {
  return figuresOf(await registerOf(appliance).all(), appliance.clock());
}

/**
 * What the clock brings: reminders before the end of the month and on each day after it, and when a hold has ended that
 * kept something from being erased (`rights.due`); and people who are forgotten a year after their request has ended. A
 * reminder is noted once it was raised, so none is lost.
 */
export async function rightsUpkeep(appliance: Appliance): Promise<void> {
  const { alarms, clock } = appliance;
  const register = registerOf(appliance);
  const damaged = (id: string, reason: string) =>
    alarms.raise('rights.damaged', `request ${id} cannot be read: ${reason}`);
  for (const request of await register.all(damaged)) {
    const now = clock();
    for (const reminder of [reminderOf(request, now), freedOf(appliance, request)].filter(
      (one) => one !== undefined,
    )) {
      await alarms.raise('rights.due', reminderText(request, reminder));
      await register.change(request.id, (changed) => void changed.reminded.push(reminder));
    }
    if (isForgettable(request, now))
      await register.change(
        request.id,
        (changed) => isForgettable(changed, now) && forget(changed, now),
        trace(appliance, 'system', 'rights-forgotten'),
      );
  }
}

/** The reminder that a hold has ended, once for each recording: `freed-ID`. */
function freedOf(
  { catalogue, clock }: Appliance,
  { erasure, closed, reminded }: Request,
): string | undefined {
  const freed = (closed ? [] : (erasure?.recordings ?? [])).find(({ id, outcome }) => {
    const row = outcome === 'held' ? catalogue.recording(id) : undefined;
    if (!row || row.state === 'destroyed' || reminded.includes(`freed-${id}`)) return false;
    return row.held_until === null || row.held_until <= clock().toISOString();
  });
  return freed && `freed-${freed.id}`;
}

function reminderText({ id, kind }: Request, reminder: string): string {
  if (reminder.startsWith('freed-'))
    return `request ${id}: a hold has ended, and what it kept is to be erased`;
  const late = /^overdue-(\d+)$/.exec(reminder)?.[1];
  return late
    ? `request ${id} (${kind}) was to be answered ${late} ${late === '1' ? 'day' : 'days'} ago at most`
    : `request ${id} (${kind}) is to be answered within ${reminder} days`;
}

function isKnown({ catalogue }: Appliance, id: string): boolean {
  return Boolean(catalogue.call(id) ?? catalogue.recording(id));
}

function trace({ audit }: Appliance, actor: string, action: string) {
  return (subject: string) => audit.write({ actor, action, subject });
}
