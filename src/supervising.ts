// Live supervision: what is asked for on the web page or by phone is judged, written to the audit log, and only then
// granted to the dialplan, which holds the same rules and has the last word (C13, C14, C30).

import type { Appliance } from './appliance.ts';
import type { AmiFields } from './asterisk/ami.ts';
import { createControl } from './asterisk/control.ts';
import { openBrowserPhones } from './browser-phone/phones.ts';
import { GreffierError, reasonOf } from './shared/errors.ts';
import { until } from './shared/until.ts';
import { outsideChannel } from './steering.ts';
import { refused, type WishedSession } from './supervision/refusal.ts';
import type { Mode, Refusal } from './supervision/rules.ts';
import { type Session, sessionOf } from './supervision/session.ts';
import { openTickets } from './supervision/tickets.ts';
import { callToListenTo, judgeOf, personOf, phonesOf } from './supervision-seams.ts';

/** Within this time the dialplan must say that it rings, changes or has ended. */
const CONFIRMED_MS = 2_000;

export type Supervising = Awaited<ReturnType<typeof createSupervising>>;

/** Opens supervision over an open appliance. */
export async function createSupervising(appliance: Appliance) {
  const { config, spool, audit, clock, log, settings } = appliance;
  const control = () => {
    const { host, port, controlUser: user } = config.asterisk.ami;
    return createControl({ host, port, user, secret: config.secrets.amiControl });
  };
  const tickets = await openTickets(config.paths.spool, clock);
  const granted = new Map<string, string>();
  const judge = judgeOf(appliance);
  const inBrowsers = openBrowserPhones(config.paths.browserPhones);

  async function sessions(): Promise<Session[]> {
    const sheets = await Promise.all((await spool.calls()).map((id) => spool.readSheet(id)));
    return sheets
      .flatMap((sheet) => (sheet && sessionOf(sheet)) || [])
      .filter(({ endedAt }) => !endedAt)
      .map(known);
  }

  /** While the phone rings, what was asked for is known to its ticket alone. */
  function known(session: Session): Session {
    const wish = session.state === 'ringing' ? tickets.find(session.ticket) : undefined;
    if (!wish) return session;
    const { agent, mode, code } = wish;
    return { ...session, agent, code, open: { turn: '', mode, team: '' } };
  }

  /** Sessions of a login that run or ring. */
  async function sessionsOf(user: string): Promise<Session[]> {
    const phones = personOf(settings.data, user)?.extensions ?? [];
    return (await sessions()).filter(({ extension }) => phones.includes(extension));
  }

  async function own(user: string, id: string): Promise<Session> {
    const found = (await sessionsOf(user)).find((one) => one.id === id);
    if (found) return found;
    throw new GreffierError('no-such-session', `no session ${id.slice(0, 36)} of yours runs`, {
      status: 404,
    });
  }

  /** Waits until a session is so, and returns it. Throws `supervision-unconfirmed`. */
  async function confirmed(what: string, find: () => Promise<Session | undefined>): Promise<Session> {
    const found = await until(find, CONFIRMED_MS);
    if (found) return found;
    throw new GreffierError('supervision-unconfirmed', `Asterisk did not confirm in time: ${what}`, {
      hint: 'the party may be on hold or gone: look at the board and try again',
      status: 409,
    });
  }

  async function refuse(
    user: string,
    wish: Pick<WishedSession, 'extension' | 'mode' | 'code'>,
    why: Refusal,
  ) {
    await audit.write({
      actor: user,
      action: 'supervision-refused',
      code: wish.code,
      reason: `${wish.mode} ${why}`,
      extensions: wish.extension,
    });
    return refused(why, wish.extension);
  }

  /** Rings the supervisor's phone. Throws `supervision-…` with the reason why not, or `supervision-unconfirmed`. */
  async function start(user: string, wish: WishedSession): Promise<Session> {
    const { extension: agent, mode, code, words } = wish;
    const verdict = judge(user, agent, mode);
    if ('why' in verdict) throw await refuse(user, wish, verdict.why);
    const { desks, browser } = await phonesOf(settings.data, inBrowsers, user);
    const phones = browser ? [...desks, browser] : desks;
    const extension = wish.phone ?? phones[0];
    if (!extension || !phones.includes(extension)) throw await refuse(user, wish, 'no-extension');
    const call = await callToListenTo(appliance, agent);
    if ('why' in call) throw await refuse(user, wish, call.why);
    if ((await sessions()).some(({ call: one }) => one === call.sheet.id))
      throw await refuse(user, wish, 'busy');
    const ticket = await tickets.issue({ by: user, extension, agent, mode, code, words });
    await control().press({
      key: 'supervise',
      channel: outsideChannel(call.sheet) ?? '',
      agent: `${extension}-${ticket}`,
    });
    return confirmed('the ringing of a phone', async () =>
      (await sessions()).find((one) => one.ticket === ticket),
    );
  }

  /** Leads a session of one's own to another mode. Throws as start does, and `no-such-session`. */
  async function change(user: string, id: string, mode: Mode): Promise<Session> {
    const { agent, code, channel, turns } = await own(user, id);
    const verdict = judge(user, agent, mode);
    if ('why' in verdict) throw await refuse(user, { extension: agent, mode, code }, verdict.why);
    await control().changeMode(channel, mode);
    return confirmed('another mode', async () => {
      const now = await own(user, id).catch(() => undefined);
      return now && now.turns.length > turns.length ? now : undefined;
    });
  }

  async function end({ channel, ticket }: Session): Promise<void> {
    await tickets.forget(ticket);
    if (channel) await control().hangUp(channel);
  }

  /** Ends a session of one's own. Throws `no-such-session`. */
  async function stop(user: string, id: string): Promise<void> {
    await end(await own(user, id));
  }

  /** The browser in which that phone was is gone: whatever it still listens to ends. */
  async function gone(extension: string, why: string): Promise<void> {
    log.info({ why }, 'a browser phone has gone');
    const left = (await sessions()).filter((one) => one.extension === extension);
    const ended = await Promise.allSettled(left.map(end));
    const failed = ended.find(({ status }) => status === 'rejected');
    if (failed)
      log.error(
        { reason: reasonOf((failed as PromiseRejectedResult).reason) },
        'a browser phone was left on',
      );
  }

  /** Looks at one call's sheet: a wish that nobody has answered is judged, told to the log, and answered. */
  async function attend(id: string): Promise<void> {
    const sheet = await spool.readSheet(id);
    const session = sheet && sessionOf(sheet);
    if (!session?.open || session.endedAt || granted.get(id) === session.open.turn) return;
    const { turn, mode } = session.open;
    granted.set(id, turn);
    const inSpool = new Set(await spool.calls());
    for (const one of granted.keys()) if (!inSpool.has(one)) granted.delete(one);
    await control().grant(session.channel, turn, await answerTo(session, mode));
  }

  async function answerTo(session: Session, mode: Mode): Promise<'yes' | Refusal> {
    const { id, agent, code, call, extension, ticket, turns } = session;
    const wish = ticket ? tickets.find(ticket) : undefined;
    if (ticket && !wish && turns.length === 0) return 'no-reason';
    const user = settings.data.people.find(({ extensions }) => extensions.includes(extension))?.id;
    const verdict = judge(user ?? '', agent, mode);
    if ('why' in verdict) return verdict.why;
    await tickets.forget(ticket);
    const first = turns.length === 0;
    await audit.write({
      actor: user ?? '',
      action: first ? 'supervision-begin' : 'supervision-mode',
      recording: call,
      code,
      subject: id,
      reason: first && wish?.words ? `${mode}: ${wish.words}` : mode,
      extensions: agent,
    });
    return 'yes';
  }

  return {
    start,
    change,
    stop,
    gone,
    sessionsOf,
    inBrowsers,
    phonesOf: (user: string) => phonesOf(settings.data, inBrowsers, user),
    /** The dialplan's doorbell: somebody wants to be let in. What goes wrong is a listener who hears nothing. */
    onEvent({ event, userevent, call: id = '' }: AmiFields): void {
      if (event !== 'UserEvent' || userevent !== 'GreffierSupervision') return;
      void attend(id).catch((error) => {
        granted.delete(id);
        log.error({ call: id, reason: reasonOf(error) }, 'a supervisor was not let in');
      });
    },
  };
}
