/**
 * A new key, step by step: passphrase, backup copy, check that the copy opens what is sealed to it. Only then is it handed
 * on. The private part is under its passphrase before this page sees it, and the worker alone ever has it in clear.
 */
import { type Signal, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { codeOf } from '../shared/api-error.ts';
import { useArrival } from '../shared/arrival.ts';
import { words } from '../shared/i18n.ts';
import { SecretField } from '../shared/secret-field.tsx';
import { Failure } from '../shared/ui.tsx';
import { Choose } from './key-field.tsx';
import { makeKey, proveKey } from './key-making.ts';
import { NewPassphrase, usePassphrase } from './new-passphrase.tsx';
import type { MadeKey } from './protocol.ts';
import { SaveFile } from './save-file.tsx';
import { keyWords } from './words.ts';

export interface KeyMakerProps {
  /** Whom the key names as its owner. */
  name: string;
  years: number | null;
  /** Name of the file that it is saved as. */
  file(made: MadeKey): string;
  /** Whether the saved file itself has to be picked again. */
  needsFile: boolean;
  /** What else is to be kept, beside the file. */
  sheet?: (made: MadeKey, file: string) => ComponentChildren;
  finish: string;
  /** Takes the proven key on. Throws ApiError. */
  done(made: MadeKey): Promise<void>;
  cancel(): void;
}

type Step = 'passphrase' | 'save' | 'prove';
const STEPS: Step[] = ['passphrase', 'save', 'prove'];

export function KeyMaker(props: KeyMakerProps) {
  const step = useSignal<Step>('passphrase');
  const made = useSignal<MadeKey | null>(null);
  const t = keyWords.value.maker;
  const at = STEPS.indexOf(step.value);
  return (
    <div class="key-maker" data-testid="key-maker" data-step={step.value}>
      <p class="small muted" role="status">
        {t.step(at + 1, STEPS.length)} · <strong>{t.steps[at]}</strong>
      </p>
      {step.value === 'passphrase' && <ChoosePassphrase {...props} made={made} step={step} />}
      {step.value === 'save' && made.value && <Save {...props} made={made.value} step={step} />}
      {step.value === 'prove' && made.value && <Prove {...props} made={made.value} />}
      <button type="button" class="link-button" data-testid="maker-cancel" onClick={props.cancel}>
        {t.cancel}
      </button>
    </div>
  );
}

interface Moving {
  step: Signal<Step>;
}

function ChoosePassphrase({
  name,
  years,
  made,
  step,
}: KeyMakerProps & Moving & { made: Signal<MadeKey | null> }) {
  const { chosen, fault, value } = usePassphrase();
  const busy = useSignal(false);
  const problem = useSignal<string | null>(null);
  const t = keyWords.value.maker;
  async function submit(event: SubmitEvent) {
    event.preventDefault();
    problem.value = fault();
    if (busy.value || problem.value) return;
    busy.value = true;
    try {
      made.value = await makeKey(name, value(), years);
      step.value = 'save';
    } catch (error) {
      problem.value = codeOf(error);
    }
    busy.value = false;
  }
  return (
    <form
      class="enrol-form"
      onSubmit={submit}
      onInput={() => {
        problem.value = null;
      }}
      aria-busy={busy.value}
    >
      {problem.value && <Failure code={problem.value} testId="maker-error" />}
      <NewPassphrase id="new-passphrase" chosen={chosen} />
      {busy.value && <progress aria-label={t.making} />}
      <button type="submit" class="button primary" disabled={busy.value} data-testid="maker-make">
        {busy.value ? t.making : t.make}
      </button>
    </form>
  );
}

function Save({ made, file, sheet, step }: Omit<KeyMakerProps, 'made'> & Moving & { made: MadeKey }) {
  const saved = useSignal(false);
  const here = useArrival();
  const t = keyWords.value.maker;
  const name = file(made);
  return (
    <div class="enrol-form" tabIndex={-1} ref={here}>
      <p>{t.made}</p>
      <p class="hint">{t.saveHint}</p>
      <div class="actions">
        <SaveFile
          name={name}
          text={made.privateKey}
          label={t.save}
          testId="maker-save"
          saved={() => {
            saved.value = true;
          }}
        />
      </div>
      {sheet?.(made, name)}
      <button
        type="button"
        class="button primary"
        disabled={!saved.value}
        title={saved.value ? undefined : t.saveFirst}
        data-testid="maker-saved"
        onClick={() => {
          step.value = 'prove';
        }}
      >
        {t.saved}
      </button>
    </div>
  );
}

function Prove({ made, needsFile, finish, done }: Omit<KeyMakerProps, 'made'> & { made: MadeKey }) {
  const picked = useSignal('');
  const passphrase = useRef<HTMLInputElement>(null);
  const busy = useSignal(false);
  const problem = useSignal<string | null>(null);
  const here = useArrival();
  const t = keyWords.value.maker;
  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (needsFile && !picked.value) problem.value = 'key-missing';
    if (busy.value || (needsFile && !picked.value)) return;
    [busy.value, problem.value] = [true, null];
    try {
      const armored = needsFile ? picked.value : made.privateKey;
      await proveKey(armored, passphrase.current?.value ?? '', made.publicKey);
      await done(made);
    } catch (error) {
      problem.value = codeOf(error);
      passphrase.current?.select();
    }
    busy.value = false;
  }
  return (
    <form class="enrol-form" onSubmit={submit} aria-busy={busy.value}>
      <div tabIndex={-1} ref={here}>
        <p class="hint">{needsFile ? t.proveFile : t.provePhrase}</p>
      </div>
      {problem.value && <Failure code={problem.value} testId="maker-error" />}
      {needsFile && (
        <div class="field">
          <Choose armored={picked} id="maker" label={t.file} />
        </div>
      )}
      <SecretField
        id="proof-passphrase"
        field={passphrase}
        label={words.value.keys.passphrase}
        show={words.value.keys.showPassphrase}
        hide={words.value.keys.hidePassphrase}
        autocomplete="off"
        testId="proof-passphrase"
      />
      {busy.value && <progress aria-label={t.proving} />}
      <button type="submit" class="button primary" disabled={busy.value} data-testid="maker-finish">
        {busy.value ? t.proving : finish}
      </button>
    </form>
  );
}
