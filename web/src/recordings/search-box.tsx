/** The search field with its suggestions: a combobox, as the ARIA practices describe it. */
import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { phoneNumber } from '../shared/format.ts';
import { sentenceOf } from '../shared/i18n.ts';
import { Magnifier } from '../shared/icons.tsx';
import { narrow } from '../shared/width.ts';
import type { Suggestion } from './interpret.ts';
import { active, giveUp, move, suggestions, take, type, typed, typingProblem } from './typing.ts';
import { searchWords } from './words.ts';

const LIST = 'search-suggestions';
const optionId = (index: number) => `${LIST}-${index}`;

export function SearchBox({ field }: { field: RefObject<HTMLInputElement | null> }) {
  const focused = useSignal(false);
  const t = searchWords.value;
  const open = focused.value && typed.value.trim() !== '';
  const some = suggestions.value;

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) move(step);
    else if (event.key === 'Enter') void take(suggestions.value[active.value]);
    else if (event.key === 'Escape') {
      if (typed.value === '') field.current?.blur();
      giveUp();
    } else return;
    event.preventDefault();
  }

  return (
    <div class="search-box">
      <label class="for-ears" for="search">
        {t.search}
      </label>
      <Magnifier />
      <input
        id="search"
        ref={field}
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        enterkeyhint="search"
        maxLength={60}
        placeholder={narrow.value ? t.placeholderShort : t.placeholder}
        aria-expanded={open && some.length > 0}
        aria-controls={LIST}
        aria-autocomplete="list"
        aria-activedescendant={open && some.length > 0 ? optionId(active.value) : undefined}
        aria-keyshortcuts="/"
        data-testid="search"
        value={typed.value}
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onFocus={() => {
          focused.value = true;
        }}
        onBlur={() => {
          focused.value = false;
        }}
      />
      <span class="key-hint" aria-hidden="true">
        /
      </span>
      <div class="search-popup" hidden={!open}>
        <div id={LIST} role="listbox" aria-label={t.suggestions}>
          {open &&
            some.map((one, index) => <Option key={`${one.kind} ${one.text}`} one={one} index={index} />)}
        </div>
        {open && <Note nothing={some.length === 0} />}
      </div>
      <p class="for-ears" role="status">
        {open ? t.suggested(some.length) : ''}
      </p>
    </div>
  );
}

function Option({ one, index }: { one: Suggestion; index: number }) {
  const t = searchWords.value;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys of a listbox
    <div
      id={optionId(index)}
      role="option"
      tabIndex={-1}
      aria-selected={index === active.value}
      data-testid="suggestion"
      // The field keeps the focus.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => void take(one)}
    >
      <span class="muted">{t.kinds[one.kind]}</span>
      <span class="figures">{shownAs(one)}</span>
    </div>
  );
}

function shownAs({ kind, text }: Suggestion): string {
  if (kind === 'number') return phoneNumber(text);
  return kind === 'lastDigits' ? searchWords.value.number(text) : text;
}

/** What there is to say below the suggestions, or in their place. */
function Note({ nothing }: { nothing: boolean }) {
  const said = noteOf(nothing);
  return said ? (
    <p class="search-note" data-testid="search-note">
      {said}
    </p>
  ) : null;
}

function noteOf(nothing: boolean): string | undefined {
  const t = searchWords.value;
  const code = typingProblem.value;
  if (code) return code === 'bad-number' ? t.badNumber : sentenceOf(code);
  if (nothing) return t.nothingMeant;
  return suggestions.value.some(({ kind }) => kind === 'number' || kind === 'lastDigits')
    ? t.traced
    : undefined;
}
