/** The keys that recordings are sealed to: whose, until when, fit or not, and how much each opens. */
import { may } from '../access/session.ts';
import { count, day } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';
import { Check, Warn } from '../shared/icons.tsx';
import type { KeyGroup, KeyGroups, KeyRow } from '../shared/key-types.ts';
import { follow } from '../shared/router.ts';
import { Banner } from '../shared/ui.tsx';
import { GroupMembers } from './group-members.tsx';
import { Print } from './print.tsx';
import { unfitCode } from './reasons.ts';
import { daysUntil, urgencyOf } from './urgency.ts';
import { keyWords } from './words.ts';

export function RecoveryKeys({ keys }: { keys: KeyRow[] }) {
  const t = words.value.keyring;
  return (
    <section class="card" data-testid="recovery-keys">
      <h2>{t.recovery}</h2>
      <p class="hint">{t.recoveryHint}</p>
      {keys.length === 0 ? (
        <Banner tone="error" testId="no-recovery-key">
          <p>{t.noRecovery}</p>
          {may('keys:recovery') && (
            <a class="button small" href="/setup" onClick={follow} data-testid="recovery-begin">
              {keyWords.value.setup.begin}
            </a>
          )}
        </Banner>
      ) : (
        <Rows keys={keys} />
      )}
    </section>
  );
}

export function GroupKeys({ groups, shared }: { groups: KeyGroup[]; shared: KeyGroups | null }) {
  const t = words.value.keyring;
  // The settings name groups before anything was ever laid for them.
  const bare = (shared?.groups ?? [])
    .filter(({ group }) => !groups.some((one) => one.group === group))
    .map(({ group, name }) => ({ group, name, keys: [] }));
  const all = [...groups, ...bare];
  return (
    <section class="card" data-testid="group-keys">
      <h2>{t.groups}</h2>
      <p class="hint">{all.length === 0 ? t.noGroup : t.groupsHint}</p>
      {all.map(({ group, name, keys }) => {
        const members = shared?.groups.find((one) => one.group === group);
        return (
          <div class="key-group" key={group} data-testid="group" data-group={group}>
            <h3>{name}</h3>
            {keys.length === 0 ? (
              <p class="verdict doubtful">
                <Warn />
                {t.groupWithoutKey}
              </p>
            ) : (
              <Rows keys={keys} />
            )}
            {members && shared && <GroupMembers group={members} people={shared.people} />}
          </div>
        );
      })}
    </section>
  );
}

export function SigningKey({ fingerprint }: { fingerprint: string }) {
  const t = words.value.keyring;
  return (
    <section class="card" data-testid="signing-key">
      <h2>{t.signing}</h2>
      <p class="hint">{t.signingHint}</p>
      <Print hex={fingerprint} />
    </section>
  );
}

function Rows({ keys }: { keys: KeyRow[] }) {
  return (
    <ul class="key-rows">
      {keys.map((key) => (
        <Row row={key} key={key.fingerprint} />
      ))}
    </ul>
  );
}

function Row({ row }: { row: KeyRow }) {
  const t = words.value.keyring;
  return (
    <li data-testid="key" data-fit={row.unfit === null}>
      <div class="key-head">
        <strong>{row.user || row.file}</strong>
        <Fitness unfit={row.unfit} />
      </div>
      <Print hex={row.fingerprint} />
      <p class="key-facts small">
        <span>{t.opens(row.recordings, count(row.recordings))}</span>
        {!isExpired(row) && <Expiry expires={row.expires} />}
        <span class="muted">
          {t.file} <code>{row.file}</code>
        </span>
      </p>
      {row.unfit !== null && <Reason row={row} unfit={row.unfit} />}
    </li>
  );
}

/** Then the reason says the date, and once is enough. */
function isExpired({ unfit, expires }: KeyRow): boolean {
  return unfit !== null && expires !== null && unfitCode(unfit) === 'expired';
}

function Fitness({ unfit }: { unfit: string | null }) {
  const t = words.value.keyring;
  return (
    <span class={unfit === null ? 'verdict good' : 'verdict bad'}>
      {unfit === null ? <Check /> : <Warn />}
      {unfit === null ? t.fit : t.unfit}
    </span>
  );
}

/** In the reader's language; the box's own words beside it, for whoever has to search for them. */
function Reason({ row, unfit }: { row: KeyRow; unfit: string }) {
  const t = words.value.keyring;
  const known = t.unfitReasons[unfitCode(unfit)];
  return (
    <p class="small bad" title={unfit}>
      {row.expires && isExpired(row) ? t.unfitExpired(day(row.expires)) : (known ?? unfit)}
    </p>
  );
}

function Expiry({ expires }: { expires: string | null }) {
  const t = words.value.keyring;
  if (!expires) return <span>{t.neverExpires}</span>;
  const days = daysUntil(expires, Date.now());
  const urgency = urgencyOf(days);
  const text = t.expires(days, day(expires));
  if (urgency === 'good') return <time dateTime={expires}>{text}</time>;
  return (
    <time dateTime={expires} class={urgency === 'danger' ? 'verdict bad' : 'verdict doubtful'}>
      <Warn />
      {text}
    </time>
  );
}
