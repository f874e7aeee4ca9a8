// What each kind of request does once a second person has said so. Each has one executor, which may be run twice.

import type { Appliance } from './appliance.ts';
import type { Approval, Kind } from './approvals/approval.ts';
import type { Wish } from './approvals/desk.ts';
import { checkEarly, destroyEarly, EARLY_REASONS, type EarlyReason } from './early-destruction.ts';
import { insistOnEnd } from './holds/hold.ts';
import {
  activeHold,
  checkHold,
  type HoldWish,
  placeHold,
  releaseHold,
  renewHold,
  type TwoPeople,
} from './legal-holds.ts';
import { openRegister } from './rights/register.ts';
import { eraseForRequest, insistErasable } from './rights-erasure.ts';
import { GreffierError } from './shared/errors.ts';
import type { Moment } from './time/effective.ts';

/** Which permission decides: a clock is a matter of whoever keeps the machine, too. */
export const DECIDED_BY: Record<Kind, string> = {
  'hold-place': 'approvals:decide',
  'hold-renew': 'approvals:decide',
  'hold-release': 'approvals:decide',
  'destroy-early': 'approvals:decide',
  'erase-request': 'approvals:decide',
  'time-confirm': 'time:confirm',
};

interface Effect {
  /** Throws when it could not be done, before anybody is asked. */
  check(appliance: Appliance, wish: Wish): Promise<void> | void;
  /** Does it; doing it again does nothing. Returns what came of it. */
  run(appliance: Appliance, approval: Approval, by: TwoPeople): Promise<string>;
}

const text = (subject: Record<string, unknown>, name: string): string => String(subject[name] ?? '');

const holdWish = ({ subject, reason }: Pick<Approval, 'subject' | 'reason'>): HoldWish => ({
  recordings: subject.recordings as string[],
  matter: text(subject, 'matter'),
  endsAt: text(subject, 'endsAt'),
  reason,
});

export const EFFECTS: Record<Kind, Effect> = {
  'hold-place': {
    check: (appliance, wish) => checkHold(appliance, holdWish(wish)),
    run: async (appliance, approval, by) => {
      const { id, endsAt } = await placeHold(appliance, holdWish(approval), by, approval.id);
      return `hold ${id} until ${endsAt}`;
    },
  },
  'hold-renew': {
    async check(appliance, { subject }) {
      await activeHold(appliance, text(subject, 'hold'));
      insistOnEnd(text(subject, 'endsAt'), appliance.clock());
    },
    async run(appliance, { subject, reason }, by) {
      const [id, endsAt] = [text(subject, 'hold'), text(subject, 'endsAt')];
      const hold = await activeHold(appliance, id);
      if (hold.endsAt !== endsAt) await renewHold(appliance, id, endsAt, reason, by);
      return `hold ${id} until ${endsAt}`;
    },
  },
  'hold-release': {
    async check(appliance, { subject }) {
      await activeHold(appliance, text(subject, 'hold'));
    },
    async run(appliance, { subject, reason }, by) {
      const id = text(subject, 'hold');
      const released = (await appliance.holds.all()).find((hold) => hold.id === id)?.releasedAt;
      if (!released) await releaseHold(appliance, id, reason, by);
      return `hold ${id} released`;
    },
  },
  'destroy-early': {
    check: (appliance, { subject }) =>
      checkEarly(appliance, text(subject, 'recording'), earlyReason(subject)),
    async run(appliance, { subject }) {
      const id = text(subject, 'recording');
      if (appliance.catalogue.recording(id)?.state !== 'destroyed')
        await destroyEarly(appliance, id, earlyReason(subject));
      return `recording ${id} destroyed`;
    },
  },
  'erase-request': {
    async check(appliance, { subject }) {
      insistErasable(await openRegister(appliance.config.state.rights).read(text(subject, 'request')));
    },
    async run(appliance, { subject }, by) {
      const request = text(subject, 'request');
      const { recordings } = await eraseForRequest(appliance, request, by);
      const gone = recordings.filter(({ outcome }) => outcome === 'destroyed').length;
      return `request ${request}: ${gone} of ${recordings.length} recordings destroyed`;
    },
  },
  'time-confirm': {
    async check({ time }) {
      if (isDoubted(await time.now())) return;
      throw new GreffierError('no-jump', 'the clock is believed already: there is nothing to confirm', {
        status: 409,
      });
    },
    async run({ time }, _, by) {
      if (isDoubted(await time.now())) await time.confirm(by);
      return 'the clock is believed';
    },
  },
};

/** A clock that is ahead, or behind, can be said to be right all the same. */
function isDoubted({ suspended, back }: Moment): boolean {
  return suspended !== null || back;
}

function earlyReason(subject: Record<string, unknown>): EarlyReason {
  const reason = EARLY_REASONS.find((one) => one === subject.reason);
  if (reason) return reason;
  throw new GreffierError('bad-reason', `no reason to destroy early: ${String(subject.reason)}`, {
    hint: `reasons are ${EARLY_REASONS.join(', ')}`,
    status: 400,
  });
}
