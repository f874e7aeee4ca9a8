/** Which keys do what, in a dialog. */
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { searchWords } from './words.ts';

export const helpShown = signal(false);

export function Help() {
  return helpShown.value ? <HelpDialog /> : null;
}

function HelpDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const t = searchWords.value;
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => {
    helpShown.value = false;
  };
  return (
    <dialog ref={dialog} class="card dialog" aria-labelledby="help-title" data-testid="help" onClose={close}>
      <h2 id="help-title">{t.helpTitle}</h2>
      <dl class="keys">
        {t.keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              {key.split(' ').map((one) => (
                <kbd key={one}>{one}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <button type="button" class="button" onClick={close}>
        {t.close}
      </button>
    </dialog>
  );
}
