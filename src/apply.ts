// Settings, changed as a whole: checked, written down, stored and in force, or not at all.

import type { Appliance } from './appliance.ts';
import { generationInForce } from './policies/generation.ts';
import { type Change, planOf } from './policies/plan.ts';
import { warningsOf } from './policies/rules/warnings.ts';
import { checkSettings } from './policies/rules.ts';
import { prepareGeneration, publishPolicies } from './publish.ts';

export interface Plan {
  changes: Change[];
  warnings: string[];
}

export interface Applied extends Plan {
  before: string | null;
  after: string;
}

/** What the settings would change, and what is worth a second look. Throws `bad-settings`; nothing is changed. */
export function planSettings({ settings }: Appliance, value: unknown): Plan {
  const next = checkSettings(value);
  return { changes: planOf(settings.data, next), warnings: warningsOf(next) };
}

/**
 * Puts settings in force. The new rules are compiled and on disk before anything is replaced, the audit entry before
 * the change. Throws `bad-settings`, `busy`, `settings-changed`, `settings-damaged`, `audit-unavailable`: nothing is
 * changed then.
 * @param actor login, or who stands behind root
 * @param also what else the audit log is to say of this change
 */
export function applySettings(
  appliance: Appliance,
  value: unknown,
  actor: string,
  also: { action: string; reason: string }[] = [],
): Promise<Applied> {
  const next = checkSettings(value);
  return appliance.settings.exclusively(async (replace) => {
    const plan = planSettings(appliance, next);
    const before = (await generationInForce(appliance.config.state.policies)) ?? null;
    const after = await prepareGeneration(appliance, next);
    if (plan.changes.length > 0) {
      await appliance.audit.write({
        actor,
        action: 'policies-applied',
        reason: `generation ${before ?? 'none'} → ${after}`,
      });
      for (const entry of also) await appliance.audit.write({ actor, ...entry });
      await replace(next);
    }
    await publishPolicies(appliance);
    return { ...plan, before, after };
  });
}
