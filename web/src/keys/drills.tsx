/** A key that nobody has tried is a key that may be lost: each is tried on a canary, time and again. */
import type { Signal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { mayHoldKeys } from '../access/session.ts';
import { day, exactMoment } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';
import { Check, Warn } from '../shared/icons.tsx';
import type { Drill, KeyRow } from '../shared/key-types.ts';
import { DrillPanel } from './drill-panel.tsx';
import { Print } from './print.tsx';
import { ring } from './ring.ts';
import { daysSince, daysUntil } from './urgency.ts';

const SOON_DAYS = 30;

export interface DrillsProps {
  drills: Drill[];
  /** Which panel of the page is open: one at most, for there is one form to unlock a key. */
  panel: Signal<string | null>;
  reload: () => Promise<void>;
}

export function Drills({ drills, panel, reload }: DrillsProps) {
  const t = words.value.drill;
  const overdue = drills.some((drill) => drill.overdue);
  return (
    <section class={overdue ? 'card alarmed' : 'card'} data-testid="drills">
      <h2>{t.title}</h2>
      <p class="hint">{t.hint}</p>
      {drills.length === 0 && <p class="muted">{t.none}</p>}
      <ul class="key-rows">
        {drills.map((drill) => (
          <Line key={drill.fingerprint} drill={drill} panel={panel} reload={reload} />
        ))}
      </ul>
    </section>
  );
}

function Line({ drill, panel, reload }: { drill: Drill } & Omit<DrillsProps, 'drills'>) {
  const t = words.value.drill;
  const name = nameOf(drill);
  const open = panel.value === drill.fingerprint;
  const replacing = ring.value?.rotation?.to === drill.fingerprint && !drill.lastOpenedAt;
  const wanted = drill.overdue || replacing;
  const button = useRef<HTMLButtonElement>(null);
  function show(open: boolean) {
    panel.value = open ? drill.fingerprint : null;
    button.current?.focus();
  }
  return (
    <li data-testid="drill" data-fingerprint={drill.fingerprint} data-overdue={drill.overdue}>
      <div class="key-head">
        <strong>{name}</strong>
        <Standing drill={drill} />
      </div>
      <Print hex={drill.fingerprint} />
      <dl class="drill-dates small">
        <Moment name={t.since} iso={drill.since} />
        <Moment name={t.lastOpened} iso={drill.lastOpenedAt} />
        <Moment name={t.due} iso={drill.dueAt} />
      </dl>
      {mayHoldKeys.value && (
        <button
          type="button"
          ref={button}
          class={wanted && !open ? 'button primary' : 'button'}
          aria-label={`${t.openNow}: ${name}`}
          aria-expanded={open}
          data-testid="drill-open"
          onClick={() => show(!open)}
        >
          {t.openNow}
        </button>
      )}
      {open && <DrillPanel drill={drill} reload={reload} close={() => show(false)} />}
    </li>
  );
}

/** Whose key it is and what for, in the reader's language; the box's own label where the ring does not know it. */
function nameOf({ fingerprint, label }: Drill): string {
  const t = words.value.drill;
  const mine = (row: KeyRow) => row.fingerprint === fingerprint;
  const recovery = ring.value?.recovery.find(mine);
  if (recovery) return t.recoveryKey(recovery.user);
  const group = ring.value?.groups.find(({ keys }) => keys.some(mine));
  return group ? t.groupKey(group.name, group.keys.find(mine)?.user ?? '') : label;
}

/** In words and with a sign, never by its colour alone. */
function Standing({ drill }: { drill: Drill }) {
  const [tone, text] = standingOf(drill);
  return (
    <span class={`verdict ${tone}`} data-testid="drill-standing">
      {tone === 'good' ? <Check /> : <Warn />}
      {text}
    </span>
  );
}

function standingOf({ overdue, dueAt, lastOpenedAt }: Drill): ['good' | 'doubtful' | 'bad', string] {
  const t = words.value.drill;
  const days = daysUntil(dueAt, Date.now());
  if (overdue) return ['bad', t.overdue(daysSince(dueAt, Date.now()))];
  if (days <= SOON_DAYS) return ['doubtful', t.soon(days)];
  return lastOpenedAt ? ['good', t.onTime] : ['doubtful', t.untried];
}

function Moment({ name, iso }: { name: string; iso: string | null }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {iso ? (
          <time dateTime={iso} title={exactMoment(iso)}>
            {day(iso)}
          </time>
        ) : (
          <strong>{words.value.drill.never}</strong>
        )}
      </dd>
    </div>
  );
}
