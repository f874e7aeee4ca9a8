/** How full things are, and whether destruction keeps up. */
import type { Health } from '../shared/api-types.ts';
import { count, nearDay, size, time } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';
import { Warn } from '../shared/icons.tsx';
import { Meter } from '../shared/ui.tsx';

export function Spool({ spool, captures }: { spool: Health['spool']; captures: Health['captures'] }) {
  const t = words.value.health;
  return (
    <section class="card" data-testid="spool">
      <h2>{t.spool}</h2>
      <p class="big figures">{t.spoolFiles(spool.files)}</p>
      <Meter label={t.spool} share={spool.bytes / Math.max(1, spool.capacityBytes)} />
      <p class="small figures">{t.used(size(spool.bytes), size(spool.capacityBytes))}</p>
      {Boolean(spool.truncated) && <Doubt>{t.spoolTruncated(spool.truncated ?? 0)}</Doubt>}
      {Boolean(captures?.empty) && <Doubt>{t.empty(captures?.empty ?? 0)}</Doubt>}
      <p class="hint">{t.spoolHint}</p>
    </section>
  );
}

function Doubt({ children }: { children: string }) {
  return (
    <p class="verdict doubtful small">
      <Warn />
      {children}
    </p>
  );
}

/** `room`: whether to say here how much is free, which the disk's own card says better. */
export function Vault({ vault, room }: { vault: Health['vault']; room: boolean }) {
  const t = words.value;
  return (
    <section class="card" data-testid="vault">
      <h2>{t.health.vault}</h2>
      <p class="big figures">{t.recordings.total(vault.recordings, count(vault.recordings))}</p>
      {room && <p class="small figures">{t.health.free(size(vault.freeBytes))}</p>}
      <p class="hint">{t.health.vaultHint}</p>
    </section>
  );
}

export function Purge({ purge }: { purge: Health['purge'] }) {
  const t = words.value.health;
  const late = purge.due > 0;
  const swept = purge.lastSweepAt && `${nearDay(purge.lastSweepAt)} ${time(purge.lastSweepAt)}`;
  return (
    <section class={late ? 'card alarmed' : 'card'} data-testid="purge">
      <h2>{t.purge}</h2>
      <p class={late ? 'big figures bad' : 'big'}>{late ? t.overdue(purge.due) : t.onTime}</p>
      <p class="small">{swept ? t.lastSweep(swept) : t.neverSwept}</p>
    </section>
  );
}
