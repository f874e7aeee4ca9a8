/** What the box has found out about its keys and its vault. */
import type { Health, KeyHealth } from '../shared/api-types.ts';
import { count, nearDay, time } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';
import { Check, Warn } from '../shared/icons.tsx';
import { follow } from '../shared/router.ts';

/** How many things about the keys want somebody's attention. */
export function pointsOfKeys(keys: KeyHealth): number {
  return (keys.drillsOverdue > 0 ? 1 : 0) + keys.expiring.length + (keys.recordingPossible ? 0 : 1);
}

export function KeysCard({ keys }: { keys: KeyHealth }) {
  const t = words.value.health;
  const well = pointsOfKeys(keys) === 0;
  const grave = keys.drillsOverdue > 0 || !keys.recordingPossible;
  return (
    <section class={grave ? 'card alarmed' : 'card'} data-testid="health-keys">
      <h2>{t.keys}</h2>
      {well && (
        <p class="verdict good">
          <Check />
          {t.keysWell}
        </p>
      )}
      {!keys.recordingPossible && <Trouble>{t.keysNone}</Trouble>}
      {keys.drillsOverdue > 0 && (
        <Trouble testId="drills-overdue">{t.drillsOverdue(keys.drillsOverdue)}</Trouble>
      )}
      {keys.expiring.map(({ file, days }) => (
        <p class="verdict doubtful" key={file}>
          <Warn />
          <span>
            <code>{file}</code> {t.keyExpires(days)}
          </span>
        </p>
      ))}
      <a href="/keys" onClick={follow} class="small">
        {t.seeKeys}
      </a>
    </section>
  );
}

function Trouble({ children, testId }: { children: string; testId?: string }) {
  return (
    <p class="verdict bad strong" data-testid={testId}>
      <Warn />
      {children}
    </p>
  );
}

export function VaultCheck({ check }: { check: NonNullable<Health['vaultCheck']> | null }) {
  const t = words.value.health;
  const bad = check !== null && check.bad > 0;
  return (
    <section class={bad ? 'card alarmed' : 'card'} data-testid="vault-check">
      <h2>{t.vaultCheck}</h2>
      {check && (
        <p class={bad ? 'verdict bad strong' : 'verdict good'}>
          {bad ? <Warn /> : <Check />}
          {bad ? t.vaultBad(check.bad, count(check.bad)) : t.vaultSound(check.checked, count(check.checked))}
        </p>
      )}
      <p class="small">
        {check
          ? t.vaultCheckedAt(`${nearDay(check.at)} ${time(check.at)}`, check.checked, count(check.checked))
          : t.vaultNeverChecked}
      </p>
    </section>
  );
}
