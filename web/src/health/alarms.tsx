/** What went wrong and wants a person, newest first. */
import type { Health } from '../shared/api-types.ts';
import { exactMoment, nearDay, time } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';
import { Check, Warn } from '../shared/icons.tsx';

type Alarm = Health['alarms'][number];

export function Alarms({ alarms }: { alarms: Alarm[] }) {
  const t = words.value.health;
  const newestFirst = alarms.toSorted((a, b) => b.at.localeCompare(a.at));
  return (
    <section class={alarms.length > 0 ? 'card wide alarmed' : 'card wide'} data-testid="alarms">
      <h2>{t.alarms}</h2>
      {alarms.length === 0 && (
        <p class="verdict good">
          <Check />
          {t.noAlarm}
        </p>
      )}
      <ul class="alarms">
        {newestFirst.map((alarm) => (
          <Line alarm={alarm} key={alarm.id} />
        ))}
      </ul>
    </section>
  );
}

function Line({ alarm }: { alarm: Alarm }) {
  const t = words.value.health;
  const known = t.alarmCodes[alarm.code];
  return (
    <li data-testid="alarm" data-code={alarm.code}>
      <Warn />
      <div>
        <p>{known ?? alarm.message}</p>
        {known && <p class="muted small">{alarm.message}</p>}
        <p class="muted small">
          <time dateTime={alarm.at} title={exactMoment(alarm.at)}>
            {nearDay(alarm.at)} {time(alarm.at)}
          </time>{' '}
          · <code>{alarm.code}</code>
          {alarm.call && (
            <>
              {' '}
              · {t.call} <code>{alarm.call}</code>
            </>
          )}
        </p>
      </div>
    </li>
  );
}
