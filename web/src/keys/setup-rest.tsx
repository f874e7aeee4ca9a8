/** What a box needs besides the recovery key; each is looked up, none is taken on trust. */
import { Check, Hourglass } from '../shared/icons.tsx';
import type { Setup } from '../shared/key-types.ts';
import { follow, placeOf } from '../shared/router.ts';
import { keyWords } from './words.ts';

const TODO = ['policies', 'announcements', 'recorded', 'secondPerson'] as const;
/** Where each is done, if this build has such a page. */
const PAGES: Partial<Record<(typeof TODO)[number], string>> = {
  policies: '/policies',
  announcements: '/announcements',
  secondPerson: '/people',
};

export function SetupRest({ state }: { state: Setup }) {
  const t = keyWords.value.setup;
  return (
    <section class="card" data-testid="setup-rest">
      <h2>{t.rest}</h2>
      <ul class="todo">
        {TODO.map((one) => (
          <li key={one} data-testid={`todo-${one}`} data-done={state[one]}>
            <span class={state[one] ? 'verdict good' : 'verdict doubtful'}>
              {state[one] ? <Check /> : <Hourglass />}
              {state[one] ? t.done : t.open}
            </span>
            <div>
              <p>
                <Where page={PAGES[one]}>{t.todo[one]}</Where>
              </p>
              {!state[one] && <p class="hint">{t.todoHints[one]}</p>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Where({ page, children }: { page: string | undefined; children: string }) {
  if (!page || placeOf(page).page === 'nowhere') return <>{children}</>;
  return (
    <a href={page} onClick={follow}>
      {children}
    </a>
  );
}
