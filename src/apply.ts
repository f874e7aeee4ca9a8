// Settings, changed as a whole: checked, written down, stored and in force, or not at all.

import type { Appliance } from './appliance.ts';
import { generationInForce } from './policies/generation.ts';
import { type Change, planOf, planSummary } from './policies/plan.ts';
import { sentence } from './policies/rules/fault.ts';
import { warningsOf } from './policies/rules/warnings.ts';
import { checkSettings } from './policies/rules.ts';
import { versionOf } from './policies/settings-text.ts';
import { prepareGeneration, publishPolicies } from './publish.ts';
import { GreffierError } from './shared/errors.ts';

export interface Plan {
  changes: Change[];
  warnings: string[];
}

export interface Applied extends Plan {
  before: string | null;
  after: string;
}

export interface Applying {
  /** Address of whoever applies, over the web. */
  from?: string;
  /** Version of the settings that was looked at: what has changed meanwhile is not changed back unseen. */
  base?: string;
  /** Throws when whoever applies may not change that. */
  permit?(changes: Change[]): Promise<void>;
  /** What else the audit log is to say of this change. */
  also?: { action: string; reason: string }[];
}

/** What the settings would change, and what is worth a second look. Throws `bad-settings`; nothing is changed. */
export function planSettings({ settings }: Appliance, value: unknown): Plan {
  const next = checkSettings(value);
  return { changes: planOf(settings.data, next), warnings: warningsOf(next).map(sentence) };
}

/**
 * Puts settings in force. The new rules are compiled and on disk before anything is replaced, the audit entry before
 * the change. Throws `bad-settings`, `busy`, `settings-changed`, `settings-damaged`, `audit-unavailable`, or what `permit`
 * throws: nothing is changed then.
 * @param actor login, or who stands behind root
 */
export function applySettings(
  appliance: Appliance,
  value: unknown,
  actor: string,
  { from, base, permit, also = [] }: Applying = {},
): Promise<Applied> {
  const next = checkSettings(value);
  return appliance.settings.exclusively(async (replace) => {
    if (base !== undefined) insistOnVersion(appliance, base);
    const plan = planSettings(appliance, next);
    await permit?.(plan.changes);
    const before = (await generationInForce(appliance.config.state.policies)) ?? null;
    const after = await prepareGeneration(appliance, next);
    if (plan.changes.length > 0) {
      const by = { actor, ...(from !== undefined && { from }) };
      await appliance.audit.write({
        ...by,
        action: 'policies-applied',
        reason: `generation ${before ?? 'none'} → ${after}: ${planSummary(plan.changes)}`,
      });
      for (const entry of also) await appliance.audit.write({ ...by, ...entry });
      await replace(next);
    }
    await publishPolicies(appliance);
    return { ...plan, before, after };
  });
}

/** Throws `settings-changed` unless the settings are still those of that version. */
export function insistOnVersion({ settings }: Appliance, version: string): void {
  const now = versionOf(settings.data);
  if (now === version) return;
  throw new GreffierError(
    'settings-changed',
    `the settings are ${now.slice(0, 12)} by now, no longer ${version.slice(0, 12)}`,
    { hint: 'look at what has changed, then plan again', status: 409 },
  );
}
