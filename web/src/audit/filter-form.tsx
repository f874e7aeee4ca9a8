/** What of the log is shown: by action, person, thing and days. */
import type { Signal } from '@preact/signals';
import { Labelled } from '../shared/labelled.tsx';
import { addressOf, FIELDS, type Question } from './question.ts';
import { auditWords } from './words.ts';

export function FilterForm({ question }: { question: Signal<Question> }) {
  const t = auditWords.value;
  const { value } = question;
  function apply(event: SubmitEvent) {
    event.preventDefault();
    const values = new FormData(event.currentTarget as HTMLFormElement);
    const asked = FIELDS.map((field) => [field, String(values.get(field) ?? '').trim()] as const);
    question.value = Object.fromEntries(asked.filter(([, text]) => text));
  }
  const actions = Object.entries(t.actions).toSorted(([, one], [, other]) => one.localeCompare(other));
  const address = addressOf(value);
  return (
    <form
      // What was chosen elsewhere on the page is in the fields, too.
      key={address}
      class="card filter-panel"
      aria-label={t.filter}
      onSubmit={apply}
      data-testid="audit-filter"
    >
      <div class="filter-fields audit-fields">
        <Labelled name={t.action}>
          <select name="action" defaultValue={value.action ?? ''} data-testid="audit-action">
            <option value="">{t.all}</option>
            {actions.map(([action, words]) => (
              <option key={action} value={action} selected={action === value.action}>
                {words}
              </option>
            ))}
          </select>
        </Labelled>
        <Text name="actor" label={t.actor} hint={t.actorHint} question={value} />
        <Text name="about" label={t.about} hint={t.aboutHint} question={value} />
        <Labelled name={t.from}>
          <input type="date" name="from" defaultValue={value.from} data-testid="audit-from" />
        </Labelled>
        <Labelled name={t.to}>
          <input type="date" name="to" defaultValue={value.to} data-testid="audit-to" />
        </Labelled>
      </div>
      <div class="actions">
        <button type="submit" class="button primary small" data-testid="audit-apply">
          {t.apply}
        </button>
        {address && (
          <button
            type="button"
            class="button small"
            data-testid="audit-clear"
            onClick={() => {
              question.value = {};
            }}
          >
            {t.clear}
          </button>
        )}
      </div>
    </form>
  );
}

interface TextProps {
  name: 'actor' | 'about';
  label: string;
  hint: string;
  question: Question;
}

function Text({ name, label, hint, question }: TextProps) {
  return (
    <Labelled name={label}>
      <input
        name={name}
        defaultValue={question[name]}
        placeholder={hint}
        maxLength={64}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        data-testid={`audit-${name}`}
      />
    </Labelled>
  );
}
