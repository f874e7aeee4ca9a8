/** The parts of the appliance that must run. */
import type { Health } from '../shared/api-types.ts';
import { exactMoment, nearDay, time } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';

export function Services({ services }: { services: Health['services'] }) {
  const t = words.value.health;
  return (
    <section class="card wide" data-testid="services">
      <h2>{t.services}</h2>
      <ul class="services">
        {services.map(({ name, state, since }) => (
          <li key={name} data-testid="service" data-state={state}>
            <span class={`dot ${state}`} />
            <span class="service-name">{t.serviceNames[name] ?? name}</span>
            <span class={state === 'up' ? 'verdict good' : 'verdict bad'}>{t[state]}</span>
            <span class="muted small since" title={exactMoment(since)}>
              {t.since(`${nearDay(since)} ${time(since)}`)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
