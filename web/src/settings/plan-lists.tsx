/** What would change, and what is wrong with it, in lists. */
import type { Change, Fault } from '../shared/settings-types.ts';
import { told } from './told.ts';
import { settingsWords } from './words.ts';

const SIGNS = { added: '+', changed: '~', removed: '−' };

/** Object by object, field by field. */
export function Changes({ changes }: { changes: Change[] }) {
  const t = settingsWords.value;
  return (
    <ul class="changes">
      {changes.map(({ change, what, fields }) => (
        <li key={what} data-testid="change">
          <p>
            <span class={`sign ${change}`} aria-hidden="true">
              {SIGNS[change]}
            </span>
            <span class="for-ears">{t.states[change]} </span>
            <strong>{told(what)}</strong>
          </p>
          {change !== 'removed' && (
            <dl>
              {fields.map(({ field, before, after }) => (
                <div key={field}>
                  <dt>{t.fields[field] ?? field}</dt>
                  <dd>
                    {before !== undefined && (
                      <>
                        <del>{before}</del> <span aria-hidden="true">→</span>{' '}
                      </>
                    )}
                    <ins>{after ?? t.empty}</ins>
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What is wrong, or worth a second look: the object, the rule, and the cure. */
export function Faults(props: { faults: Fault[]; testId: string; tone: 'bad' | 'doubtful' }) {
  const t = settingsWords.value;
  return (
    <ul class={`faults ${props.tone}`} data-testid={props.testId}>
      {props.faults.map(({ at, says, law, hint }) => (
        <li key={`${at} ${says}`}>
          <p>
            {at !== 'settings' && <strong>{told(at) + t.colon}</strong>}
            {told(says)}
            {law && (
              <span
                class="tag"
                title={law
                  .split(', ')
                  .map((one) => t.laws[one] ?? one)
                  .join(' ; ')}
              >
                {law}
              </span>
            )}
          </p>
          {law && (
            <p class="hint">
              {law
                .split(', ')
                .map((one) => t.laws[one] ?? one)
                .join(' ; ')}
            </p>
          )}
          {hint && (
            <p class="cure">
              {t.cure} {told(hint)}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
