/** Who may log in, for whoever looks after it. */
import { useSignal } from '@preact/signals';
import { useCallback, useEffect } from 'preact/hooks';
import type { PeopleList, PersonRow } from '../shared/access-types.ts';
import { api } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import { Bone, Failure, PageTitle } from '../shared/ui.tsx';
import { InvitationLink } from './invitation-link.tsx';
import { InviteForm } from './invite-form.tsx';
import { PersonLine } from './person-line.tsx';
import { may } from './session.ts';
import { TokensCard } from './tokens-card.tsx';
import { accessWords } from './words.ts';

/** A link to hand over, and to whom. */
export interface Link {
  user: string;
  token: string;
}

export function PeoplePage() {
  const people = useSignal<PersonRow[] | null>(null);
  const clients = useSignal<PeopleList['clients']>([]);
  const problem = useSignal<string | null>(null);
  const link = useSignal<Link | null>(null);
  const load = useCallback(async () => {
    try {
      const list = await api.people();
      [people.value, clients.value] = [list.people, list.clients];
      problem.value = null;
    } catch (error) {
      problem.value = codeOf(error);
    }
  }, [people, clients, problem]);
  useEffect(() => void load(), [load]);
  const t = accessWords.value.people;
  /** Does something to the people and shows what came of it. */
  const act = async (work: () => Promise<Link | null>) => {
    try {
      link.value = await work();
      await load();
    } catch (error) {
      problem.value = codeOf(error);
    }
  };
  return (
    <>
      <PageTitle text={t.title}>
        <p class="muted">{people.value ? t.count(people.value.length) : '\u00a0'}</p>
      </PageTitle>
      {problem.value && <Failure code={problem.value} testId="people-error" retry={() => void load()} />}
      {link.value && <InvitationLink link={link.value} />}
      {may('people:manage') && <InviteForm clients={clients.value} act={act} />}
      <section class="card people" data-testid="people" aria-busy={!people.value}>
        <ul class="person-rows">
          {people.value
            ? people.value.map((person) => (
                <PersonLine key={person.user} person={person} clients={clients.value} act={act} />
              ))
            : [0, 1, 2].map((line) => (
                <li key={line}>
                  <Bone width="l" />
                </li>
              ))}
        </ul>
      </section>
      <TokensCard />
    </>
  );
}
