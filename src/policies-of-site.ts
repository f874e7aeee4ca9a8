// Where the pages of the settings meet the appliance: the same functions as the command line's, by somebody who is logged
// in and has looked at a version of them.

import type { Appliance } from './appliance.ts';
import { applySettings, insistOnVersion } from './apply.ts';
import type { PlanAnswer, Wish } from './policies/answers.ts';
import { isDecision } from './policies/decisions.ts';
import { withEdits } from './policies/edits.ts';
import { generationInForce } from './policies/generation.ts';
import { type Change, planOf } from './policies/plan.ts';
import type { PolicyRoutes } from './policies/routes.ts';
import { warningsOf } from './policies/rules/warnings.ts';
import { examineSettings } from './policies/rules.ts';
import { readSettingsText, settingsText, versionOf } from './policies/settings-text.ts';
import { GreffierError } from './shared/errors.ts';

/** What the audit log tells of the rules: who has changed what, and the commitments to the draws. */
export const HISTORY = ['policies-applied', 'announcement-replaced', 'policies-published', 'draw-seed'];
/** More than that nobody mends at once. */
const MOST_FAULTS = 100;

/** Throws `forbidden`, audited, unless that person may decide about recording. */
export type InsistMayDecide = (user: string) => Promise<void>;

/** The routes' parts over an open appliance. */
export function policyParts(appliance: Appliance, insistMayDecide: InsistMayDecide): PolicyRoutes {
  const { settings, audit, config } = appliance;
  return {
    async show() {
      const { people, ...rest } = settings.data;
      return {
        version: versionOf(settings.data),
        generation: (await generationInForce(config.state.policies)) ?? null,
        warnings: warningsOf(settings.data),
        settings: {
          ...rest,
          people: people.map(({ id, name, client, role, extensions }) => ({
            id,
            name,
            client,
            role,
            extensions,
          })),
        },
      };
    },
    async text({ user, ip }) {
      await audit.write({ actor: user, action: 'settings-exported', from: ip });
      return settingsText(settings.data);
    },
    async history({ before = Number.POSITIVE_INFINITY, limit }) {
      const found = (await audit.entries())
        .flatMap(({ index = 0, at, actor, action, reason = '' }) =>
          index < before && HISTORY.includes(action) ? [{ index, at, actor, action, what: reason }] : [],
        )
        .reverse();
      const entries = found.slice(0, limit);
      return { entries, next: found.length > limit ? (entries.at(-1)?.index ?? null) : null };
    },
    async plan(wish) {
      await insistUnchanged(appliance, wish.base);
      return planned(appliance, wanted(appliance, wish));
    },
    async apply(wish, { user, ip }) {
      await insistUnchanged(appliance, wish.base);
      const { changes, before, after } = await applySettings(appliance, wanted(appliance, wish), user, {
        from: ip,
        base: wish.base,
        permit: decidedBy(user, insistMayDecide),
      });
      return { changes, before, after, version: versionOf(settings.data) };
    },
  };
}

/** Lets pass what is telephony; the rest is for whoever may decide it. */
function decidedBy(user: string, insistMayDecide: InsistMayDecide) {
  return async (changes: Change[]) => {
    if (changes.some(isDecision)) await insistMayDecide(user);
  };
}

/** Throws `settings-damaged`, or `settings-changed` when the command line was quicker. */
export async function insistUnchanged(appliance: Appliance, base: string): Promise<void> {
  await reread(appliance);
  insistOnVersion(appliance, base);
}

/** The daemon is told of a change by the folder, a moment later than whoever asks here. Throws `settings-damaged`. */
export async function reread({ settings }: Appliance): Promise<void> {
  if ((await settings.reload()) !== 'damaged') return;
  throw new GreffierError('settings-damaged', 'the file of settings is damaged', {
    hint: `the last good ones are in use; correct it on the machine: ${settings.damage}`,
    status: 409,
  });
}

/** What some settings would change, or what they break. */
export function planned({ settings }: Appliance, value: unknown): PlanAnswer {
  const { settings: next, faults } = examineSettings(value);
  const base = versionOf(settings.data);
  if (!next) return { base, changes: [], warnings: [], faults: faults.slice(0, MOST_FAULTS) };
  const changes = planOf(settings.data, next).map((one) => ({ ...one, decision: isDecision(one) }));
  return { base, changes, warnings: warningsOf(next), faults: [] };
}

function wanted({ settings }: Appliance, { edits, yaml }: Wish): unknown {
  if ((edits === undefined) === (yaml === undefined))
    throw new GreffierError('bad-request', 'give edits, or the whole as yaml', { status: 400 });
  return edits ? withEdits(settings.data, edits) : readSettingsText(yaml ?? '', 'the text');
}
