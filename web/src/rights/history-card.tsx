/** What was done, when and by whom; the newest first. */
import { day, time } from '../shared/format.ts';
import type { WholeRequest } from '../shared/law-types.ts';
import { rightsWords } from './words.ts';

export function HistoryCard({ request: { history } }: { request: WholeRequest }) {
  const t = rightsWords.value.history;
  return (
    <section class="card" data-testid="history">
      <h2>{t.title}</h2>
      <ol class="timeline">
        {history.toReversed().map(({ at, by, what }, place) => (
          <li key={history.length - place}>
            <strong>{t.what[what] ?? what}</strong>
            <span class="hint">
              <time dateTime={at}>
                {day(at)} {time(at)}
              </time>{' '}
              {t.by(by)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
