/** One section of the settings: its objects in rows, each of which opens into a form. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { may } from '../access/session.ts';
import type { SectionName, Sections } from '../shared/settings-types.ts';
import { Bone } from '../shared/ui.tsx';
import { draftText, drop, keep, keyOf, type Row, rowsOf, shown } from './planning.ts';
import { settingsWords } from './words.ts';

export interface FormProps<S extends SectionName> {
  object: Sections[S];
  /** It is not there yet: its name can be chosen. */
  fresh: boolean;
  keep(object: Sections[S]): void;
  cancel(): void;
}

interface CardProps<S extends SectionName> {
  section: S;
  title: string;
  hint: string;
  add: string;
  /** What a new one begins with. */
  blank(): Sections[S];
  /** The first line of a row. */
  head(object: Sections[S]): ComponentChildren;
  facts(object: Sections[S]): ComponentChildren;
  Form(props: FormProps<S>): ComponentChildren;
  /** Whether adding and taking away is for whoever decides about recording. */
  decision: boolean;
}

/** Key of the row that is open; what is new has none. */
const NEW = ' new';

export function ObjectsCard<S extends SectionName>(props: CardProps<S>) {
  const { section, Form } = props;
  const open = useSignal<string | null>(null);
  const t = settingsWords.value;
  const rows = rowsOf(section);
  const writable = may('policies:manage') && draftText.value === null;
  const mayAdd = writable && (!props.decision || may('policies:decide'));
  const close = () => {
    open.value = null;
  };
  const kept = (before: string | null) => (object: Sections[S]) => {
    const key = keyOf(section, object);
    keep(section, before ?? key, object);
    close();
  };
  return (
    <section class="card objects" data-testid={`section-${section}`} aria-busy={!shown.value}>
      <div class="card-head">
        <h2>{props.title}</h2>
        {mayAdd && shown.value && (
          <button
            type="button"
            class="button small"
            data-testid={`add-${section}`}
            aria-expanded={open.value === NEW}
            onClick={() => {
              open.value = open.value === NEW ? null : NEW;
            }}
          >
            {props.add}
          </button>
        )}
      </div>
      <p class="hint">{props.hint}</p>
      {open.value === NEW && <Form object={props.blank()} fresh keep={kept(null)} cancel={close} />}
      {!shown.value && <Bone width="l" />}
      {shown.value && rows.length === 0 && <p class="muted">{t.none}</p>}
      <ul class="person-rows">
        {rows.map((row) => (
          <li key={row.key} class={row.state} data-testid={`${section}-${row.key}`}>
            <RowHead row={row} head={props.head} />
            <div class="row-facts">{props.facts(row.object)}</div>
            {writable && (
              <RowActions {...{ row, section, open }} removable={!props.decision || may('policies:decide')} />
            )}
            {open.value === row.key && (
              <Form object={row.object} fresh={false} keep={kept(row.key)} cancel={close} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function RowHead<S extends SectionName>({ row, head }: { row: Row<S>; head: CardProps<S>['head'] }) {
  const t = settingsWords.value;
  const { state, crossed } = row;
  return (
    <div class="person-head">
      {head(row.object)}
      {state !== 'in-force' && (
        <span class={state === 'removed' ? 'tag danger' : 'tag warning'} data-testid="row-state">
          {t.states[state]}
        </span>
      )}
      {crossed && <span class="tag warning">{t.crossed}</span>}
    </div>
  );
}

interface ActionsProps<S extends SectionName> {
  row: Row<S>;
  section: S;
  open: { value: string | null };
  removable: boolean;
}

function RowActions<S extends SectionName>({ row, section, open, removable }: ActionsProps<S>) {
  const t = settingsWords.value;
  const edit = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  const isOpen = open.value === row.key;
  // Whoever leaves the form goes on from where it was opened.
  useEffect(() => {
    if (wasOpen.current && !isOpen) edit.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  const named = (verb: string) => `${verb} ${row.key}`;
  return (
    <div class="actions">
      {row.state !== 'removed' && (
        <button
          type="button"
          ref={edit}
          class="button small"
          aria-expanded={isOpen}
          aria-label={named(t.edit)}
          data-testid={`edit-${row.key}`}
          onClick={() => {
            open.value = isOpen ? null : row.key;
          }}
        >
          {t.edit}
        </button>
      )}
      {row.state === 'in-force' && removable && (
        <button
          type="button"
          class="button small"
          aria-label={named(t.remove)}
          data-testid={`remove-${row.key}`}
          onClick={() => keep(section, row.key, null)}
        >
          {t.remove}
        </button>
      )}
      {row.state !== 'in-force' && (
        <button
          type="button"
          class="button small"
          aria-label={named(t.undo)}
          onClick={() => drop(section, row.key)}
        >
          {t.undo}
        </button>
      )}
    </div>
  );
}
