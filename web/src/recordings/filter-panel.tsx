/** All filters as fields, for what cannot be typed, and for whoever does not know what can be. */
import { timezone } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';
import { DayField, Labelled, LabelledChoice } from '../shared/labelled.tsx';
import { choose, filter, terms } from './catalogue.ts';
import { type Field, type Filter, type Preset, preset } from './filter.ts';
import { SavedFilters } from './saved-filters.tsx';
import { searchWords } from './words.ts';

const PRESETS: Preset[] = ['today', 'yesterday', 'week', 'month', 'quarter'];
const LENGTHS: Record<string, [from: string, to: string]> = {
  short: ['', '60'],
  medium: ['60', '300'],
  long: ['300', '1200'],
  veryLong: ['1200', ''],
};
const DUE_DAYS = ['1', '7', '30', '90'];

export function FilterPanel() {
  const t = searchWords.value;
  const w = words.value.recordings;
  const known = terms.value;
  return (
    <section class="card filter-panel" id="filters" aria-label={t.filters} data-testid="filter-panel">
      <Days />
      <div class="filter-fields">
        <Choice
          field="person"
          name={t.kinds.person}
          options={known?.people.map(({ id, name }) => [id, name])}
        />
        <Choice
          field="line"
          name={t.kinds.line}
          options={known?.lines.map(({ did, name }) => [did, name || did])}
        />
        <Choice
          field="queue"
          name={t.kinds.queue}
          options={known?.queues.map(({ id, name }) => [id, name])}
        />
        {(known?.clients.length ?? 0) > 1 && (
          <Choice
            field="client"
            name={t.kinds.client}
            options={known?.clients.map(({ id, name }) => [id, name])}
          />
        )}
        <Length />
        <Choice field="direction" name={t.direction} options={Object.entries(t.directions)} />
        <Choice field="purpose" name={t.kinds.purpose} options={Object.entries(w.purposes)} />
        <Choice field="consent" name={t.consent} options={Object.entries(t.consents)} />
        <Choice field="state" name={t.state} options={Object.entries(t.states)} />
        <Choice
          field="held"
          name={t.held}
          options={[
            ['true', t.heldYes],
            ['false', t.heldNo],
          ]}
        />
        <Choice
          field="dueWithinDays"
          name={t.due}
          options={DUE_DAYS.map((days) => [days, t.dueWithin(Number(days))])}
        />
      </div>
      <SavedFilters />
    </section>
  );
}

function Days() {
  const t = searchWords.value;
  const { from, to } = filter.value;
  return (
    <div class="days">
      {PRESETS.map((name) => {
        const days = preset(name, timezone.value);
        const pressed = days.from === from && days.to === to;
        return (
          <button
            type="button"
            key={name}
            class="button small"
            aria-pressed={pressed}
            data-testid={`preset-${name}`}
            onClick={() => choose(pressed ? { from: '', to: '' } : days)}
          >
            {t.presets[name]}
          </button>
        );
      })}
      <span class="range">
        <Day field="from" name={t.from} />
        <Day field="to" name={t.to} />
      </span>
    </div>
  );
}

function Day({ field, name }: { field: 'from' | 'to'; name: string }) {
  return (
    <DayField
      name={name}
      testId={`filter-${field}`}
      value={filter.value[field] ?? ''}
      choose={(chosen) => choose({ [field]: chosen })}
    />
  );
}

function Length() {
  const t = searchWords.value;
  const { minSeconds = '', maxSeconds = '' } = filter.value;
  const chosen = Object.entries(LENGTHS).find(
    ([, [from, to]]) => from === minSeconds && to === maxSeconds,
  )?.[0];
  const names: Record<string, string> = t.lengths;
  return (
    <Labelled name={t.length}>
      <select
        data-testid="filter-length"
        value={chosen ?? ''}
        onChange={(event) => {
          const [from, to] = LENGTHS[event.currentTarget.value] ?? ['', ''];
          choose({ minSeconds: from, maxSeconds: to });
        }}
      >
        <option value="">{t.any}</option>
        {Object.keys(LENGTHS).map((key) => (
          <option key={key} value={key}>
            {names[key]}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

function Choice(props: { field: Field; name: string; options: [string, string][] | undefined }) {
  const { field, name, options = [] } = props;
  return (
    <LabelledChoice
      name={name}
      testId={`filter-${field}`}
      value={filter.value[field] ?? ''}
      none={searchWords.value.any}
      options={options}
      choose={(chosen) => choose({ [field]: chosen } as Filter)}
    />
  );
}
